package io.socksgateway.auth.gssapi;

import com.sun.security.jgss.ExtendedGSSContext;
import com.sun.security.jgss.InquireType;
import io.socksgateway.core.session.Identity;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;

/**
 * How long ago a client has logged in to Kerberos. A ticket says that as its authtime, which stays the same when it is renewed. When it
 * ends Java tells initiators only.
 *
 * <p>Immutable.
 *
 * @param max milliseconds that it may be, 0 for any time
 */
record TicketAge(long max) {

    /** RFC 4120 section 5.2.3. */
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

    /** When sessions of the client end: milliseconds of the Unix epoch, or {@link Identity#NEVER}. */
    long expiry(GSSContext established) throws GSSException {
        if (max == 0) {
            return Identity.NEVER;
        }
        Object time = established instanceof ExtendedGSSContext context
                ? context.inquireSecContext(InquireType.KRB5_GET_AUTHTIME)
                : null;
        return expiry(String.valueOf(time));
    }

    /**
     * The same, of a ticket with this authtime. A client whose ticket has none that can be read might be one of long ago.
     *
     * @throws IllegalStateException if it is none
     */
    long expiry(String authTime) {
        try {
            return LocalDateTime.parse(authTime, FORM)
                    .plus(max, ChronoUnit.MILLIS)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalStateException("the ticket does not say since when it is", e);
        }
    }
}
