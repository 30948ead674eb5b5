/**
 * UDP ASSOCIATE: relay sockets, the check of senders, rules on every datagram, names, fragments.
 *
 * <p>Entry point: {@link io.socksgateway.udp.UdpAssociationVerticle}. May import core, but neither its {@code tcp} nor
 * another module of the gateway.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.udp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
