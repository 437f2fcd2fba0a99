package duka.identity;

import duka.events.AccountEvent.AccountRolesChanged;
import duka.identity.IdentityProperties.Admin;
import duka.messaging.Outbox;
import java.util.EnumSet;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a shop that nobody can administer its first admin, as configured. */
@Component
class FirstAdmin implements ApplicationRunner {

    private final Users users;
    private final Registering registering;
    private final Outbox outbox;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IdentityProperties properties;

    FirstAdmin(
            Users users,
            Registering registering,
            Outbox outbox,
            AuditLog audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            IdentityProperties properties) {
        this.users = users;
        this.registering = registering;
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
                && !password.isBlank()
                && !users.hasAdmin()) {
            transaction.executeWithoutResult(_ -> make(email.strip(), password));
        }
    }

    /** Several replicas may start at once: the lock lets one of them do it. */
    private void make(String email, String password) {
        jdbc.sql("lock table users in share row exclusive mode").update();
        if (users.hasAdmin()) {
            return;
        }
        users.findByEmail(email)
                .ifPresentOrElse(this::promote, () -> registering.registerAdmin(email, password));
    }

    /** Whoever has this address already becomes admin, with the password that they have. */
    private void promote(UserId id) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var roles = EnumSet.copyOf(user.roles());
        roles.add(Role.ADMIN);
        users.update(user.with(roles).with(true));
        outbox.add(new AccountRolesChanged(id.value(), Registering.names(roles)));
        audit.add(Act.ROLES_CHANGED, Actor.SHOP, id, roles.toString());
    }
}
