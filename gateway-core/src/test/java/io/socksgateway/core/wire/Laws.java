package io.socksgateway.core.wire;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.fuzz.DecoderLaw;
import io.socksgateway.testkit.Hex;
import java.util.Optional;

/** The {@link DecoderLaw} of each decoder. */
final class Laws {

    static final DecoderLaw<MethodSet> GREETING = DecoderLaw.of(Socks5GreetingCodec::decode);
    static final DecoderLaw<UserPassword> USER_PASSWORD =
            DecoderLaw.of(UserPasswordCodec::decode, login -> login.user() + ":" + Hex.text(login.password()));
    static final DecoderLaw<Endpoint> ADDRESS = DecoderLaw.of(Socks5AddressCodec::decode);
    static final DecoderLaw<SocksRequest> REQUEST5 = DecoderLaw.of(Socks5RequestCodec::decode);
    static final DecoderLaw<SocksRequest> REQUEST4 = DecoderLaw.of(Socks4Codec::decode);
    static final DecoderLaw<Optional<ProxyHeader>> PROXY = DecoderLaw.of(ProxyHeaderCodec::decode);

    static final DecoderLaw<byte[]> GSS_TOKEN = gss(GssFrameCodec.AUTHENTICATION);
    static final DecoderLaw<byte[]> GSS_LEVEL = gss(GssFrameCodec.PROTECTION);
    static final DecoderLaw<byte[]> GSS_DATA = gss(GssFrameCodec.DATA);

    private Laws() {}

    private static DecoderLaw<byte[]> gss(int type) {
        return DecoderLaw.of(in -> GssFrameCodec.decode(type, in), Hex::text);
    }
}
