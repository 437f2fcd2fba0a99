package duka.identity;

import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountReactivated;
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
    public record Change(Profile profile, boolean emailVerified, boolean active) {}

    private final Users users;
    private final Sessions sessions;
    private final Selling selling;
    private final Outbox outbox;
    private final AuditLog audit;

    AccountKeeping(Users users, Sessions sessions, Selling selling, Outbox outbox, AuditLog audit) {
        this.users = users;
        this.sessions = sessions;
        this.selling = selling;
        this.outbox = outbox;
        this.audit = audit;
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
     * Whoever loses a role is signed out: the tokens that are out would still have it.
     *
     * @throws LastAdmin if nobody would be left to administer the shop
     * @throws VendorRefused if they would go on selling without being a vendor
     */
    public User giveRoles(UserId id, Set<Role> roles, Actor actor) {
        long admins = users.lockAdmins();
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var changed = user.with(roles);
        if (changed.roles().equals(user.roles())) {
            return user;
        }
        keepAnAdmin(admins, user, changed);
        if (user.roles().contains(Role.VENDOR) && !changed.roles().contains(Role.VENDOR)) {
            selling.checkSellsNoMore(id);
        }
        users.update(changed);
        if (!changed.roles().containsAll(user.roles())) {
            sessions.endAllOf(id);
        }
        outbox.add(new AccountRolesChanged(id.value(), Registering.names(changed.roles())));
        audit.add(
                Act.ROLES_CHANGED,
                actor,
                id,
                "from %s to %s".formatted(user.roles(), changed.roles()));
        log.info("{} was {}, is {}", user, user.roles(), changed.roles());
        return changed;
    }

    /**
     * What somebody else may change too: only an admin decides whether an account is active and its
     * address verified. An inactive one is signed out everywhere.
     *
     * @throws LastAdmin if nobody would be left to administer the shop
     */
    public User change(UserId id, boolean byAdmin, Function<User, Change> change, Actor actor) {
        long admins = byAdmin ? users.lockAdmins() : 0;
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        var wish = change.apply(user);
        var changed =
                user.with(wish.profile())
                        .withEmailVerified(wish.emailVerified())
                        .with(wish.active());
        if (changed.equals(user)) {
            return user;
        }
        keepAnAdmin(admins, user, changed);
        users.update(changed);
        follow(user, changed, actor);
        return changed;
    }

    /**
     * @throws LastAdmin if nobody would be left to administer the shop
     */
    public User deactivate(UserId id, Actor actor) {
        return change(id, true, it -> new Change(it.profile(), it.emailVerified(), false), actor);
    }

    public User reactivate(UserId id, Actor actor) {
        return change(id, true, it -> new Change(it.profile(), it.emailVerified(), true), actor);
    }

    private void follow(User before, User after, Actor actor) {
        var id = after.id();
        if (before.active() && !after.active()) {
            sessions.endAllOf(id);
            outbox.add(new AccountDeactivated(id.value()));
            audit.add(Act.ACCOUNT_DEACTIVATED, actor, id);
            selling.suspendDeactivated(id, actor);
            log.info("{} is deactivated", after);
        } else if (!before.active() && after.active()) {
            outbox.add(new AccountReactivated(id.value()));
            audit.add(Act.ACCOUNT_REACTIVATED, actor, id);
            log.info("{} is active again", after);
        }
        if (!before.emailVerified() && after.emailVerified()) {
            audit.add(Act.EMAIL_VERIFIED, actor, id, "by an admin");
        }
        if (!id.equals(actor.id()) && !before.profile().equals(after.profile())) {
            audit.add(Act.ACCOUNT_CHANGED, actor, id, "names or phone number");
        }
    }

    private static void keepAnAdmin(long admins, User before, User after) {
        if (before.administers() && !after.administers() && admins == 1) {
            throw new LastAdmin();
        }
    }
}
