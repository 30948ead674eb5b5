package io.socksgateway.core.wire;

import io.socksgateway.core.address.Endpoint;

/**
 * A request of any dialect.
 *
 * <p>Immutable.
 *
 * @param commandCode the octet as sent, which may be no {@link Command}
 * @param userId USERID of SOCKS4, unverified; empty in SOCKS5
 */
public record SocksRequest(SocksVersion version, int commandCode, Endpoint destination, String userId) {}
