package io.socksgateway.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPBindException;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "530, may not log in at this time",
        "531, may not log in from here",
        "532, password expired",
        "533, disabled",
        "701, account expired",
        "773, password must be changed",
        "775, locked",
        "52e, wrong password",
        "999, wrong password"
    })
    void understandsActiveDirectory(String data, String reason) {
        String message = "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data " + data
                + ", v3839\u0000";
        assertThat(Refusal.of(new LDAPException(ResultCode.INVALID_CREDENTIALS, message)))
                .isEqualTo(new DirectoryAnswer.Wrong(reason));
    }

    @Test
    void anUnknownUserOfActiveDirectoryIsUnknown() {
        assertThat(Refusal.of(new LDAPException(ResultCode.INVALID_CREDENTIALS, "error, data 525, v3839")))
                .isEqualTo(DirectoryAnswer.UNKNOWN);
        assertThat(Refusal.of(new LDAPException(ResultCode.NO_SUCH_OBJECT, ""))).isEqualTo(DirectoryAnswer.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"49, wrong password", "48, no password", "19, locked", "53, disabled", "50, disabled"})
    void understandsPlainResults(int code, String reason) {
        assertThat(Refusal.of(new LDAPException(ResultCode.valueOf(code), "")))
                .isEqualTo(new DirectoryAnswer.Wrong(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_LOCKED, locked",
        "PASSWORD_EXPIRED, password expired",
        "CHANGE_AFTER_RESET, password must be changed",
        "PASSWORD_TOO_SHORT, wrong password"
    })
    void understandsThePasswordPolicy(DraftBeheraLDAPPasswordPolicy10ErrorType error, String reason) {
        Control control = new DraftBeheraLDAPPasswordPolicy10ResponseControl(null, 0, error);
        BindResult result =
                new BindResult(1, ResultCode.INVALID_CREDENTIALS, null, null, null, new Control[] {control}, null);
        assertThat(Refusal.of(new LDAPBindException(result))).isEqualTo(new DirectoryAnswer.Wrong(reason));
    }

    @Test
    void aPolicyMayRefuseWhoHasTheRightPassword() {
        Control control = new DraftBeheraLDAPPasswordPolicy10ResponseControl(
                null, 0, DraftBeheraLDAPPasswordPolicy10ErrorType.CHANGE_AFTER_RESET);
        BindResult result = new BindResult(1, ResultCode.SUCCESS, null, null, null, new Control[] {control}, null);
        assertThat(Refusal.byPolicy(result)).contains(new DirectoryAnswer.Wrong("password must be changed"));
        assertThat(Refusal.byPolicy(new BindResult(1, ResultCode.SUCCESS, null, null, null, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "51, result 51 (busy)",
        "52, result 52 (unavailable)",
        "13, the directory wants TLS",
        "10, 'a referral, which is not followed'",
        "81, no connection",
        "85, no answer in time"
    })
    void anythingElseTellsNothingOfTheUser(int code, String message) {
        assertThatThrownBy(() -> Refusal.of(new LDAPException(ResultCode.valueOf(code), "quotes s3cret")))
                .isInstanceOf(DirectoryException.class)
                .hasMessage(message);
    }
}
