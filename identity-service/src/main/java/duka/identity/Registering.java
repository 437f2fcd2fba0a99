package duka.identity;

import duka.events.AccountEvent.AccountRegistered;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.Locale;
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
    private final TransactionTemplate transaction;
    private final Clock clock;

    Registering(
            Users users,
            Passwords passwords,
            Outbox outbox,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.outbox = outbox;
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
            @Nullable String username, @Nullable String email, String password, Profile profile) {
        return register(username, email, password, Set.of(Role.CUSTOMER), profile);
    }

    /** The password is hashed before the transaction: it takes longer than all the rest. */
    User register(
            @Nullable String username,
            @Nullable String email,
            String password,
            Set<Role> roles,
            Profile profile) {
        var user =
                new User(
                        new UserId(Uuid7.mint(clock)),
                        username,
                        email == null ? null : email.toLowerCase(Locale.ROOT),
                        roles,
                        true,
                        clock.instant(),
                        profile);
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(
                _ -> {
                    users.add(user, hash);
                    outbox.add(new AccountRegistered(user.id().value(), names(roles)));
                });
        log.info("{} registered as {}", user, roles);
        return user;
    }

    static Set<String> names(Set<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
    }
}
