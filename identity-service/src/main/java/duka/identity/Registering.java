package duka.identity;

import static duka.identity.Folding.folded;

import duka.events.AccountEvent.AccountRegistered;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** How somebody gets an account. */
@Service
public class Registering {

    private static final Logger log = LoggerFactory.getLogger(Registering.class);

    private final Users users;
    private final Passwords passwords;
    private final Outbox outbox;
    private final VerifyingEmail verifying;
    private final Mailing mailing;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Registering(
            Users users,
            Passwords passwords,
            Outbox outbox,
            VerifyingEmail verifying,
            Mailing mailing,
            AuditLog audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.outbox = outbox;
        this.verifying = verifying;
        this.mailing = mailing;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Everybody starts as a customer.
     *
     * @throws WeakPassword if the password would not protect the account
     * @throws Taken if somebody else has the name
     */
    public User register(
            @Nullable String username,
            @Nullable String email,
            String password,
            Profile profile,
            Actor actor) {
        var user = user(username, email, false, Set.of(Role.CUSTOMER), profile);
        add(
                user,
                passwords.hash(password, "password"),
                actor.as(user.id()),
                () -> {
                    if (user.email() != null) {
                        mailing.welcome(user.id());
                        verifying.ask(user.id());
                    }
                });
        return user;
    }

    /** Whoever runs the shop says whose address this is. */
    void registerAdmin(String email, String passwordHash) {
        var admin = user(null, email, true, Set.of(Role.ADMIN), Profile.named("", "", ""));
        add(admin, passwordHash, Actor.SHOP, () -> {});
    }

    private User user(
            @Nullable String username,
            @Nullable String email,
            boolean verified,
            Set<Role> roles,
            Profile profile) {
        return new User(
                new UserId(Uuid7.mint(clock)),
                username,
                email == null ? null : folded(email),
                verified,
                roles,
                true,
                clock.instant().truncatedTo(ChronoUnit.MICROS), // as precisely as it is kept
                profile);
    }

    /** The password was hashed before the transaction: it takes longer than all the rest. */
    private void add(User user, String passwordHash, Actor actor, Runnable also) {
        transaction.executeWithoutResult(
                _ -> {
                    users.add(user, passwordHash);
                    outbox.add(new AccountRegistered(user.id().value(), names(user.roles())));
                    also.run();
                    audit.add(Act.REGISTERED, actor, user.id(), user.roles().toString());
                });
        log.info("{} registered as {}", user, user.roles());
    }

    static Set<String> names(Set<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
    }
}
