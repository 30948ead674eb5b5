package io.socksgateway.core.tcp;

import io.socksgateway.core.session.HandshakePolicy;

/**
 * What all handshakes of one listener share.
 *
 * <p>Immutable.
 */
record ListenerHandshakes(String listener, HandshakePolicy policy, HandshakeServices services) {}
