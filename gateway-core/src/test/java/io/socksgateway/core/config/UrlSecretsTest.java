package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://h/p?access_token=s3cret | https://h/p?access_token=***
            https://h/p?api_key=s3cret&v=2 | https://h/p?api_key=***&v=***
            HTTPS://h:8443?code=s3=cret==;x=1 | HTTPS://h:8443?code=***;x=***
            http://h/?s3cret | http://h/?***
            http://h/?s3cret&a=&s3/cret? | http://h/?***&a=&***
            https://h/?q=a?b=s3cret | https://h/?q=***
            https://h/p#s3cret | https://h/p#***
            https://u:s3cret@h/p | https://***@h/p
            jdbc:postgresql://h/db?sslmode=require&sslpassword=s3cret | jdbc:postgresql://h/db?sslmode=require&sslpassword=***
            jdbc:postgresql://h/db?sslkey=s3cret&ApplicationName=x | jdbc:postgresql://h/db?sslkey=***&ApplicationName=x
            postgresql://h/db?sslpassword=s3,cret) | postgresql://h/db?sslpassword=***
            jdbc:sqlserver://h;encrypt=true;trustStorePassword={s3cret};accessToken=s3cret;a=b | jdbc:sqlserver://h;encrypt=true;trustStorePassword=***;accessToken=***;a=b
            jdbc:db2://h:50000/db:sslTrustStorePassword=s3cret;a=b | jdbc:db2://h:50000/db:sslTrustStorePassword=***;a=b
            jdbc:mysql://(host=h,clientSecret=s3cret)/db?code=s3cret | jdbc:mysql://(host=h,clientSecret=***
            jdbc:postgresql://u:s3cret@h/db | jdbc:postgresql://***@h/db
            jdbc:sqlserver://h;password={s3;cr}}et};a=b | jdbc:sqlserver://h;password=***;a=b
            """)
    void whatIsSecretIsHidden(String url, String shown) {
        assertThat(UrlSecrets.hide(url)).isEqualTo(shown);
    }

    /** A typo turns a URL into something else, and its key into no less of a secret. */
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', textBlock = """
            login.example.com/check?code=s3cret|login.example.com/check?code=***
             https://h?key=s3cret| https://h?key=***
            https://h/p#s3cret|https://h/p#***
            h/p?a=b&s3cret;$1#key=s3cret&s3cret|h/p?a=***&***;***
            h/p#s3cret=?a=b|h/p#***
            //h/p?#s3cret|//h/p?***
            gw:s3?cret@db/users|***@db/users
            //h;accessToken=s3cret;a=b|//h;accessToken=***;a=b
            postgresql//h/db?ssl=s3cret|postgresql//h/db?ssl=***
            https:///check|https:///check
            db.example.com|db.example.com
            """)
    void ofWhatIsAtThePlaceOfAUrlNothingThatMayBeSecretIsShown(String text, String shown) {
        assertThat(UrlSecrets.hideIfWrong(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://login.example.com/check",
                "ldaps://ldap.example.com:636",
                "jdbc:postgresql://h/db?sslmode=verify-full&currentSchema=a&tcpKeepAlive=true",
                "[fd00::53]:5353",
                "10.0.0.0/8",
                "select hash from users where (key=? and password=?)",
                "(&(uid={user})(!(pwdAccountLockedTime=*)))",
                "*.example.com"
            })
    void whatIsNotSecretOrNoUrlIsLeftAsItIs(String text) {
        assertThat(UrlSecrets.hide(text)).isEqualTo(text);
    }
}
