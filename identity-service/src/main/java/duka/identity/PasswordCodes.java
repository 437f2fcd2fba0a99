package duka.identity;

import static duka.sql.Rows.at;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Codes that let somebody change their password, one at a time for each. A code of six digits is
 * guessed from its plain hash in no time, so it is hashed with a secret that is not in the
 * database.
 */
@Repository
class PasswordCodes {

    static final int TRIES = 5;

    private static final int BOUND = 1_000_000;
    private static final String HMAC = "HmacSHA256";

    /** What somebody's try comes to. */
    enum Try {
        RIGHT,
        WRONG,
        NO_CODE
    }

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ProofProperties properties;
    private final SecretKeySpec secret;
    private final SecureRandom random = new SecureRandom();

    PasswordCodes(
            JdbcClient jdbc, Clock clock, ProofProperties properties, IdentityProperties identity) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
        this.secret =
                new SecretKeySpec(
                        Base64.getDecoder().decode(identity.signingSecret().strip()), HMAC);
    }

    /** The one before it is not good any more. */
    String make(UserId user) {
        var code = "%06d".formatted(random.nextInt(BOUND));
        jdbc.sql(
                        """
                        insert into password_codes (user_id, hash, tries_left, expires_at)
                        values (:user, :hash, :tries, :expires)
                        on conflict (user_id) do update
                           set hash = excluded.hash, tries_left = excluded.tries_left,
                               expires_at = excluded.expires_at,
                               session_id = null, allowed_until = null
                        """)
                .param("user", user.value())
                .param("hash", hash(user, code))
                .param("tries", TRIES)
                .param("expires", at(clock.instant().plus(properties.code())))
                .update();
        return code;
    }

    /** Takes one try, whatever comes of it; the right code is good once and for its session. */
    Try tryOut(UserId user, @Nullable UUID session, String code) {
        var kept =
                jdbc.sql(
                                """
                                update password_codes set tries_left = tries_left - 1
                                 where user_id = :user and hash is not null
                                   and tries_left > 0 and expires_at > :now
                                returning hash
                                """)
                        .param("user", user.value())
                        .param("now", at(clock.instant()))
                        .query(byte[].class)
                        .optional();
        if (kept.isEmpty()) {
            return Try.NO_CODE;
        }
        if (!MessageDigest.isEqual(kept.get(), hash(user, code))) {
            return Try.WRONG;
        }
        jdbc.sql(
                        """
                        update password_codes
                           set hash = null, session_id = :session, allowed_until = :until
                         where user_id = :user
                        """)
                .param("user", user.value())
                .param("session", session)
                .param("until", at(clock.instant().plus(properties.permission())))
                .update();
        return Try.RIGHT;
    }

    boolean allows(UserId user, @Nullable UUID session) {
        return jdbc.sql(
                        """
                        select exists (select from password_codes
                                        where user_id = :user and allowed_until > :now
                                          and session_id is not distinct from :session)
                        """)
                .param("user", user.value())
                .param("session", session)
                .param("now", at(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** Of several that come with one permission at the same time, one gets true. */
    boolean useUp(UserId user, @Nullable UUID session) {
        return jdbc.sql(
                                """
                                delete from password_codes
                                 where user_id = :user and allowed_until > :now
                                   and session_id is not distinct from :session
                                """)
                        .param("user", user.value())
                        .param("session", session)
                        .param("now", at(clock.instant()))
                        .update()
                == 1;
    }

    void forget(UserId user) {
        jdbc.sql("delete from password_codes where user_id = ?").param(user.value()).update();
    }

    private byte[] hash(UserId user, String code) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(
                    "password code %s %s".formatted(user, code).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
