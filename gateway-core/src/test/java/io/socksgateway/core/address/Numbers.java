package io.socksgateway.core.address;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Addresses as numbers: what ranges of them are checked against. */
final class Numbers {

    private Numbers() {}

    static BigInteger of(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    /** The address of a number, or null if it is outside the family or belongs to the other one. */
    static @Nullable InetAddress address(BigInteger number, int bits) {
        if (number.signum() < 0 || number.bitLength() > bits) {
            return null;
        }
        byte[] octets = new byte[bits / 8];
        byte[] low = number.toByteArray();
        for (int i = 1; i <= Math.min(low.length, octets.length); i++) {
            octets[octets.length - i] = low[low.length - i];
        }
        try {
            InetAddress address = InetAddress.getByAddress(octets);
            return bits(address) == bits ? address : null;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** First and last of a range. */
    record Range(int bits, BigInteger first, BigInteger last) {

        static Range of(InetAddress network, int prefix) {
            BigInteger size = BigInteger.ONE.shiftLeft(Numbers.bits(network) - prefix);
            BigInteger first = Numbers.of(network).divide(size).multiply(size);
            return new Range(Numbers.bits(network), first, first.add(size).subtract(BigInteger.ONE));
        }

        boolean contains(InetAddress address) {
            return Numbers.bits(address) == bits
                    && Numbers.of(address).compareTo(first) >= 0
                    && Numbers.of(address).compareTo(last) <= 0;
        }

        boolean contains(Range other) {
            return bits == other.bits && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
        }

        /** Addresses at and around both ends, and inside. */
        Arbitrary<InetAddress> nearby() {
            Arbitrary<BigInteger> near = Arbitraries.of(first, last)
                    .flatMap(end -> Arbitraries.integers().between(-2, 2).map(d -> end.add(BigInteger.valueOf(d))));
            return Arbitraries.oneOf(near, Arbitraries.bigIntegers().between(first, last))
                    .map(number -> Optional.ofNullable(address(number, bits)))
                    .filter(Optional::isPresent)
                    .map(Optional::orElseThrow);
        }
    }
}
