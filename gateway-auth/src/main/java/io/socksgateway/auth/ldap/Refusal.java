package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the result of a bind means:
 *
 * <pre>
 *   49 invalidCredentials      wrong password, or what a password policy or Active Directory adds to it
 *   32 noSuchObject            unknown
 *   48 inappropriateAuth       there is no password
 *   19 constraintViolation     locked, of 389 Directory Server
 *   50, 53                     disabled, of 389 Directory Server and others
 *   anything else              nobody can tell
 * </pre>
 */
final class Refusal {

    private static final Pattern ACTIVE_DIRECTORY = Pattern.compile("\\bdata ([0-9a-fA-F]{1,8})\\b");

    private static final Map<String, DirectoryAnswer> SUBCODES = Map.of(
            "525", DirectoryAnswer.UNKNOWN,
            "530", new DirectoryAnswer.Wrong("may not log in at this time"),
            "531", new DirectoryAnswer.Wrong("may not log in from here"),
            "532", new DirectoryAnswer.Wrong("password expired"),
            "533", new DirectoryAnswer.Wrong("disabled"),
            "701", new DirectoryAnswer.Wrong("account expired"),
            "773", new DirectoryAnswer.Wrong("password must be changed"),
            "775", new DirectoryAnswer.Wrong("locked"));

    private static final DirectoryAnswer WRONG_PASSWORD = new DirectoryAnswer.Wrong("wrong password");

    private Refusal() {}

    /**
     * The answer that a failed bind is.
     *
     * @throws DirectoryException if it is none
     */
    static DirectoryAnswer of(LDAPException failure) {
        LDAPResult result = failure.toLDAPResult();
        int code = result.getResultCode().intValue();
        return switch (code) {
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE ->
                byPolicy(result).orElseGet(() -> byActiveDirectory(result.getDiagnosticMessage()));
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> DirectoryAnswer.UNKNOWN;
            case ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE -> new DirectoryAnswer.Wrong("no password");
            case ResultCode.CONSTRAINT_VIOLATION_INT_VALUE -> new DirectoryAnswer.Wrong("locked");
            case ResultCode.UNWILLING_TO_PERFORM_INT_VALUE, ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE ->
                new DirectoryAnswer.Wrong("disabled");
            default -> throw trouble(failure.getResultCode());
        };
    }

    /** What a password policy adds to a bind, right or wrong; nothing if that leaves it as it is. */
    static Optional<DirectoryAnswer> byPolicy(LDAPResult result) {
        DraftBeheraLDAPPasswordPolicy10ErrorType error = policyError(result);
        if (error == null) {
            return Optional.empty();
        }
        return switch (error) {
            case ACCOUNT_LOCKED -> Optional.of(new DirectoryAnswer.Wrong("locked"));
            case PASSWORD_EXPIRED -> Optional.of(new DirectoryAnswer.Wrong("password expired"));
            case CHANGE_AFTER_RESET -> Optional.of(new DirectoryAnswer.Wrong("password must be changed"));
            default -> Optional.empty();
        };
    }

    private static @Nullable DraftBeheraLDAPPasswordPolicy10ErrorType policyError(LDAPResult result) {
        try {
            DraftBeheraLDAPPasswordPolicy10ResponseControl control =
                    DraftBeheraLDAPPasswordPolicy10ResponseControl.get(result);
            return control == null ? null : control.getErrorType();
        } catch (LDAPException malformed) {
            return null;
        }
    }

    private static DirectoryAnswer byActiveDirectory(@Nullable String diagnostic) {
        Matcher data = ACTIVE_DIRECTORY.matcher(String.valueOf(diagnostic));
        return data.find() ? SUBCODES.getOrDefault(data.group(1), WRONG_PASSWORD) : WRONG_PASSWORD;
    }

    /** Why nobody can tell. Without the server's own text, which may quote anything. */
    static DirectoryException trouble(ResultCode code) {
        return new DirectoryException(
                switch (code.intValue()) {
                    case ResultCode.CONNECT_ERROR_INT_VALUE, ResultCode.SERVER_DOWN_INT_VALUE -> "no connection";
                    case ResultCode.TIMEOUT_INT_VALUE -> "no answer in time";
                    case ResultCode.REFERRAL_INT_VALUE -> "a referral, which is not followed";
                    case ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE, ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE ->
                        "the directory wants TLS";
                    default -> "result " + code.intValue() + " (" + code.getName() + ")";
                });
    }
}
