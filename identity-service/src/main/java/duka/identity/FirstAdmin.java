package duka.identity;

import duka.events.AccountEvent.AccountReactivated;
import duka.events.AccountEvent.AccountRolesChanged;
import duka.identity.IdentityProperties.Admin;
import duka.messaging.Outbox;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a shop that nobody can administer its first admin, as configured. */
@Component
class FirstAdmin implements ApplicationRunner {

    /** A process that has come this far serves as soon as its database does. */
    private static final RetryTemplate AWAITING_DATABASE =
            new RetryTemplate(
                    RetryPolicy.builder()
                            .includes(
                                    DataAccessResourceFailureException.class,
                                    TransientDataAccessException.class,
                                    CannotCreateTransactionException.class,
                                    TransactionSystemException.class)
                            .maxRetries(Long.MAX_VALUE)
                            .delay(Duration.ofSeconds(1))
                            .build());

    private final Users users;
    private final Registering registering;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Outbox outbox;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IdentityProperties properties;

    FirstAdmin(
            Users users,
            Registering registering,
            Passwords passwords,
            Sessions sessions,
            Outbox outbox,
            AuditLog audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            IdentityProperties properties) {
        this.users = users;
        this.registering = registering;
        this.passwords = passwords;
        this.sessions = sessions;
        this.outbox = outbox;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (properties.admin() instanceof Admin(String email, String password)
                && !email.isBlank()
                && !password.isBlank()) {
            AWAITING_DATABASE.invoke(() -> makeUnlessThereIsOne(email.strip(), password));
        }
    }

    private void makeUnlessThereIsOne(String email, String password) {
        if (!users.hasAdmin()) {
            var hash = passwords.hash(password, "duka.identity.admin.password");
            transaction.executeWithoutResult(_ -> make(email, hash));
        }
    }

    /** Several replicas may start at once: the lock lets one of them do it. */
    private void make(String email, String passwordHash) {
        jdbc.sql("lock table users in share row exclusive mode").update();
        if (users.hasAdmin()) {
            return;
        }
        users.findByEmail(email)
                .ifPresentOrElse(
                        id -> promote(id, passwordHash),
                        () -> registering.registerAdmin(email, passwordHash));
    }

    /**
     * Whoever has shown that this address is theirs becomes admin, with the password that they
     * have. Anybody may have registered one that nobody has verified: it is taken away from them.
     */
    private void promote(UserId id, String passwordHash) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var roles = EnumSet.copyOf(user.roles());
        roles.add(Role.ADMIN);
        users.update(user.with(roles).with(true).withEmailVerified(true));
        if (!user.emailVerified()) {
            users.setPassword(id, passwordHash);
            sessions.endAllOf(id);
            audit.add(Act.EMAIL_VERIFIED, Actor.SHOP, id, "as configured");
            audit.add(Act.PASSWORD_CHANGED, Actor.SHOP, id, "as configured");
        }
        if (!user.active()) {
            outbox.add(new AccountReactivated(id.value()));
            audit.add(Act.ACCOUNT_REACTIVATED, Actor.SHOP, id);
        }
        outbox.add(new AccountRolesChanged(id.value(), Registering.names(roles)));
        audit.add(Act.ROLES_CHANGED, Actor.SHOP, id, roles.toString());
    }
}
