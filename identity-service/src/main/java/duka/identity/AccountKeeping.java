package duka.identity;

import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountRolesChanged;
import duka.messaging.Outbox;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens to an account once it is there. */
@Service
@Transactional
public class AccountKeeping {

    private static final Logger log = LoggerFactory.getLogger(AccountKeeping.class);

    /** What an account is to become. */
    public record Change(Profile profile, boolean active) {}

    private final Users users;
    private final Sessions sessions;
    private final Outbox outbox;

    AccountKeeping(Users users, Sessions sessions, Outbox outbox) {
        this.users = users;
        this.sessions = sessions;
        this.outbox = outbox;
    }

    @Transactional(readOnly = true)
    public User find(UserId id) {
        return users.find(id).orElseThrow(() -> new NoSuchUser(id));
    }

    @Transactional(readOnly = true)
    public long count(UserSearch search) {
        return users.count(search);
    }

    /**
     * @param order what follows {@code order by}
     */
    @Transactional(readOnly = true)
    public List<User> list(UserSearch search, String order, int limit, long offset) {
        return users.list(search, order, limit, offset);
    }

    public User changeProfile(UserId id, UnaryOperator<Profile> change) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var changed = user.with(change.apply(user.profile()));
        users.update(changed);
        return changed;
    }

    /**
     * The tokens that are out keep the old roles until they expire.
     *
     * @throws LastAdmin if nobody would be left to administer the shop
     */
    public User giveRoles(UserId id, Set<Role> roles) {
        long admins = users.lockAdmins();
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var changed = user.with(roles);
        if (changed.roles().equals(user.roles())) {
            return user;
        }
        keepAnAdmin(admins, user, changed);
        users.update(changed);
        outbox.add(new AccountRolesChanged(id.value(), Registering.names(roles)));
        log.info("{} was {}, is {}", user, user.roles(), roles);
        return changed;
    }

    /**
     * What somebody else may change too: only an admin decides whether an account is active. An
     * inactive one is signed out everywhere.
     *
     * @throws LastAdmin if nobody would be left to administer the shop
     */
    public User change(UserId id, boolean byAdmin, Function<User, Change> change) {
        long admins = byAdmin ? users.lockAdmins() : 0;
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var wish = change.apply(user);
        var changed = user.with(wish.profile()).with(wish.active());
        if (changed.active() != user.active()) {
            if (!byAdmin) {
                throw new IllegalArgumentException("only an admin changes whether one is active");
            }
            keepAnAdmin(admins, user, changed);
            follow(changed);
        }
        users.update(changed);
        return changed;
    }

    private void follow(User changed) {
        if (!changed.active()) {
            sessions.endAllOf(changed.id());
            outbox.add(new AccountDeactivated(changed.id().value()));
        }
        log.info("{} is {}", changed, changed.active() ? "active again" : "deactivated");
    }

    private static void keepAnAdmin(long admins, User before, User after) {
        if (before.administers() && !after.administers() && admins == 1) {
            throw new LastAdmin();
        }
    }
}
