package duka.identity;

import static duka.identity.Folding.folded;
import static duka.sql.Rows.at;

import duka.identity.Proofs.Purpose;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Helps who has forgotten their password. A request only writes down the address, the same way for
 * every one: neither the answer nor the time that it takes tells whether there is such an account.
 * That is looked up afterwards.
 */
@Service
public class ForgottenPasswords {

    private static final Logger log = LoggerFactory.getLogger(ForgottenPasswords.class);

    private static final int AT_ONCE = 50;

    private record Wish(String email, @Nullable String address, @Nullable String userAgent) {}

    private final JdbcClient jdbc;
    private final Users users;
    private final Proofs proofs;
    private final Mailing mailing;
    private final Guard guard;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final ProofProperties properties;
    private final Clock clock;

    ForgottenPasswords(
            JdbcClient jdbc,
            Users users,
            Proofs proofs,
            Mailing mailing,
            Guard guard,
            AuditLog audit,
            TransactionTemplate transaction,
            ProofProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.users = users;
        this.proofs = proofs;
        this.mailing = mailing;
        this.guard = guard;
        this.audit = audit;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    public void add(String email, Actor actor) {
        jdbc.sql(
                        """
                        insert into forgotten_passwords (email, asked_at, address, user_agent)
                        values (:email, :now, :address, :agent)
                        on conflict do nothing
                        """)
                .param("email", folded(email))
                .param("now", at(clock.instant()))
                .param("address", actor.address())
                .param("agent", actor.userAgent())
                .update();
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void help() {
        Integer helped;
        do {
            helped = transaction.execute(_ -> helpSome());
        } while (helped != null && helped == AT_ONCE);
    }

    private int helpSome() {
        var wishes =
                jdbc.sql(
                                """
                                delete from forgotten_passwords
                                 where email in (select email from forgotten_passwords
                                                  order by asked_at limit :most
                                                    for update skip locked)
                                returning email, address, user_agent
                                """)
                        .param("most", AT_ONCE)
                        .query(
                                (row, _) ->
                                        new Wish(
                                                row.getString("email"),
                                                row.getString("address"),
                                                row.getString("user_agent")))
                        .list();
        wishes.forEach(this::help);
        return wishes.size();
    }

    private void help(Wish wish) {
        users.findByEmail(wish.email())
                .flatMap(users::find)
                .filter(User::active)
                .ifPresent(user -> help(user, wish));
    }

    /** Nobody's mailbox is filled: a few mails are enough to find one of them. */
    private void help(User user, Wish wish) {
        try {
            guard.beforeMail("reset", user.id());
        } catch (TooManyTries e) {
            log.info("{} has been mailed enough tokens to reset their password", user);
            return;
        }
        var token = proofs.make(user.id(), Purpose.RESET_PASSWORD, properties.reset());
        mailing.resetPassword(user.id(), token);
        audit.add(
                Act.PASSWORD_FORGOTTEN,
                new Actor(null, null, wish.address(), wish.userAgent()),
                user.id());
    }
}
