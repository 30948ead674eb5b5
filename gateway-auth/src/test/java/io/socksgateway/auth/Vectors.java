package io.socksgateway.auth;

import java.util.List;

/** Hashes that htpasswd 2.4, mkpasswd and the argon2 command have made. */
final class Vectors {

    static final String HORSE = "correct horse";
    static final String UTF8 = "Grüße, 世界";
    static final String LONG = "x".repeat(255);
    static final String EIGHTY = "0123456789".repeat(8);

    static final String ARGON2ID =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o";
    static final String BCRYPT = "$2y$05$WVPOgbhga7CzfoymjhUetO1ykuaqrJxukTUbwrQir3G7X5D/XpDRi";
    static final String BCRYPT_EIGHTY = "$2y$05$DYFxyGtrToabErXW/nD30u6OZqKOVLv92mM9xwb5MjKvfrwMArNo2";
    static final String APR1 = "$apr1$aM.OPkqc$Az/N3OsDLDX8IWTLWmvco/";
    static final String SHA = "{SHA}L55TUjtiq8FBorTWAZ0jy6g129A=";
    static final String DES = "GgDQ7sHEepvB2";

    private Vectors() {}

    record Vector(String stored, String password) {}

    static final List<Vector> ALL = List.of(
            new Vector(ARGON2ID, HORSE),
            new Vector("{argon2id}" + ARGON2ID, HORSE),
            new Vector("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$BcddjesykWBtFRCI4lKDHxp+fs7ZDpCYWWsRblCSI+g", UTF8),
            new Vector("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$X3O3GwFQXAvcwQYwhaYtJrtBln8ja9BiuTAU9WqZglo", EIGHTY),
            new Vector("$argon2i$v=19$m=64,t=3,p=2$c29tZXNhbHQy$3TxOZPe6+roabK+YxRSKMogiInXhSiyp", HORSE),
            new Vector("{argon2d}$argon2d$v=19$m=32,t=1,p=1$c29tZXNhbHQz$XtS/z82bdpXDSWKEyVIVBA", HORSE),
            new Vector("$argon2id$v=16$m=32,t=1,p=1$c29tZXNhbHQ0$mPY/kzW88CdarjMefXY4NNXYFQ3FTIc8NB7S3lLuJlM", HORSE),
            new Vector("$argon2id$m=32,t=1,p=1$c29tZXNhbHQ0$mPY/kzW88CdarjMefXY4NNXYFQ3FTIc8NB7S3lLuJlM", HORSE),
            new Vector(BCRYPT, HORSE),
            new Vector("{bcrypt}" + BCRYPT, HORSE),
            new Vector("$2b$05$gIEKPJazd24lOsLpaNPAX.u6g0bYZBT78v4NwW03phtf6PtDyvqI.", HORSE),
            new Vector("$2a$05$ewwphvOUTchN3YpEKv1jqulmZbklf0wYPTHPkJAtI/EMDXA0dUbP6", HORSE),
            new Vector("$2y$05$c.wsQczwio26W9N0wnKxWO3E5wVZ/Ef2ya2TBn/lJSb2269uISUfO", UTF8),
            new Vector("$2y$05$8oMKMfw0Tn6n2dW1TlvZHOiOlv305tf8L6GJerzSKyDLUwFIuDXyi", LONG),
            new Vector("$2y$05$FuNI5ErJLZik.BLWiuBnnuv5LVQ58pF.L5cVBcqLqv5c67IxNYd6.", ""),
            new Vector(BCRYPT_EIGHTY, EIGHTY),
            new Vector(APR1, HORSE),
            new Vector("$apr1$j3wOqj9w$cCyed3EAFUMhLSiHa4/yZ0", UTF8),
            new Vector("$apr1$9DQoODc1$xqJVXoKZyFJMa5gA30Wmf1", LONG),
            new Vector("$apr1$CyG8JULg$x4dPDflI8cKQ.4cGSU8ot1", ""),
            new Vector("$1$abcdefgh$y6iHhJNbuC0xpbk0w9pm80", HORSE),
            new Vector("$1$abcdefgh$zMAUyOpByhgtzs/zkOcZc/", UTF8),
            new Vector("$1$abcdefgh$sxQ.nmF6y2qvOyvStanpL0", LONG),
            new Vector("$1$abcdefgh$M55TzYaaccxVGbptZWaxX/", ""),
            new Vector(SHA, HORSE),
            new Vector("{SHA}PlchUpvOsYA5fTCLH89N3NE1Utk=", UTF8),
            new Vector("{SHA}Y6oauq27VpjyUnxc/M577PBGX5c=", LONG),
            new Vector("{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk=", ""),
            new Vector("$5$klJphk72/OkCYfBa$yPpHoIfKjGTadtQZb.C4FDK8V3F0amXg5O7DtI7zW.8", HORSE),
            new Vector("$5$soFoV2AOe5S5bv1T$CguGSm1JOxt0Ns4N2sCX0s5ngxc7IYM2rJI/4pH1qvD", UTF8),
            new Vector("$5$ZXlFKoKkUA.SqC87$LCfHqXS.O3RdaxRY4aA8zjfCLVe2QKqM5B2/BAFeAl4", LONG),
            new Vector("$5$UJyPL/P4v9QJeCZE$pfw6rQgJObuE3QIbTalbXMGBB5TQs/ZZ4Fwo6Dge9lA", ""),
            new Vector(
                    "$6$S15mBhTCPK0dTTDL$IDc1RdnhK3QeXlElYiLMNAyAglduiCUaV2rEsGx2L/VwXrua3KDzDytHuiiU9r9Ae2bWFQH0uFZMk3Wmhsz4e/",
                    HORSE),
            new Vector(
                    "$6$rounds=1000$3YStRBeRHXPi6kNE$MxOnCa1OigGLSVDJNe97BQUDLyJHm8dU6FEvCLP9I4D3rTL8kXA1JpV6kTKLoG4wv9bIPr511GLfh6uijbugo1",
                    HORSE),
            new Vector(
                    "$6$tH3fWX3F2com/S6e$AOzav79kQWXzy8DhSbg812HwMHsuJh0/fAVmWOfbBofrgKgJpExQGFZgUdaH/UaA3kXXgVywn.6HRSk.LZX2o0",
                    UTF8),
            new Vector(
                    "$6$IVvYjilTA39GdGiL$1sr753NgAp7nSqpILlke86WuXujiW8bpyccZ0XOYXsISvq9UIfIAsDsBXWYTrvRWgXgqBcP7JtZ9uNWZ68fa40",
                    LONG),
            new Vector(
                    "$6$TdI7LEttwaBEcW.9$8yoURf0AZNz5E2F73ubUiP1qym9eEFbbS2ngIZlTToPavW4SpJtVRqmmcMwX2THrjbC7860/6c2w59zskTqvv/",
                    ""),
            new Vector(HORSE, HORSE),
            new Vector(UTF8, UTF8),
            new Vector(LONG, LONG),
            new Vector("a:b#c", "a:b#c"));
}
