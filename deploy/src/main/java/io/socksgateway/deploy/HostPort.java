package io.socksgateway.deploy;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address to listen on, as the command line has it.
 *
 * <p>Immutable.
 */
record HostPort(String host, int port) {

    /** Parses {@code host:port}; an IPv6 address is in brackets. */
    static final class Converter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            String port = text.substring(colon + 1);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            } else if (host.indexOf(':') >= 0) {
                throw new TypeConversionException("'" + text + "': an IPv6 address must be in brackets, as [::1]:1080");
            }
            if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
                throw new TypeConversionException("'" + text + "' is not HOST:PORT, as 127.0.0.1:1080");
            }
            return new HostPort(host, Integer.parseInt(port));
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
