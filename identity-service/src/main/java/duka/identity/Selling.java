package duka.identity;

import duka.events.AccountEvent.AccountRolesChanged;
import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.identity.VendorRefused.Why;
import duka.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How somebody becomes a vendor, stays one, and stops. Whoever sells may buy all the same. All
 * changes lock the account first and then its vendor.
 */
@Service
@Transactional
public class Selling {

    private static final Logger log = LoggerFactory.getLogger(Selling.class);

    private final Vendors vendors;
    private final Users users;
    private final Sessions sessions;
    private final Mailing mailing;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Selling(
            Vendors vendors,
            Users users,
            Sessions sessions,
            Mailing mailing,
            Outbox outbox,
            AuditLog audit,
            Clock clock) {
        this.vendors = vendors;
        this.users = users;
        this.sessions = sessions;
        this.mailing = mailing;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Vendor> find(UserId id) {
        return vendors.find(id);
    }

    @Transactional(readOnly = true)
    public long count(VendorSearch search) {
        return vendors.count(search);
    }

    /**
     * @param order what follows {@code order by}
     */
    @Transactional(readOnly = true)
    public List<Vendor> list(VendorSearch search, String order, int limit, long offset) {
        return vendors.list(search, order, limit, offset);
    }

    /**
     * @throws EmailNotVerified if the shop does not know how to reach them
     * @throws VendorRefused if they are a vendor already
     * @throws Taken if another business is registered under that id
     */
    public Vendor apply(UserId id, Business business, Actor actor) {
        var user = verified(id);
        var now = now();
        if (!vendors.add(new Vendor(id, business, Standing.UNDER_REVIEW, null, 0, now, now))) {
            throw new VendorRefused(Why.VENDOR_ALREADY);
        }
        var roles = EnumSet.copyOf(user.roles());
        roles.add(Role.VENDOR);
        give(user, roles);
        var vendor = vendors.find(id).orElseThrow(() -> new NoSuchVendor(id));
        say(vendor, Act.VENDOR_APPLIED, actor);
        return vendor;
    }

    /**
     * What has changed is reviewed again. The shop's own changes are too: somebody has to look. Who
     * is suspended stays so.
     *
     * @param change may refuse a vendor that it is not meant for
     * @throws EmailNotVerified if the shop does not know how to reach the vendor
     * @throws VendorRefused if it is closed
     * @throws Taken if another business is registered under that id
     */
    public Vendor change(UserId id, Function<Vendor, Business> change, Actor actor) {
        verified(id);
        var vendor = open(id);
        var business = change.apply(vendor);
        if (business.equals(vendor.business())) {
            return vendor;
        }
        var changed = vendor.with(business, now());
        vendors.update(changed);
        if (changed.standing() == vendor.standing()) {
            audit.add(Act.VENDOR_CHANGED, actor, id);
        } else {
            say(changed, Act.VENDOR_CHANGED, actor);
        }
        return changed;
    }

    /**
     * @param check is given the version that is there, so that nobody approves what they have not
     *     seen
     * @throws VendorRefused if it is closed
     */
    public Vendor approve(UserId id, LongConsumer check, Actor actor) {
        return decide(id, check, Standing.APPROVED, null, Act.VENDOR_APPROVED, actor);
    }

    /**
     * @throws VendorRefused if it is closed
     */
    public Vendor suspend(UserId id, LongConsumer check, String reason, Actor actor) {
        return decide(id, check, Standing.SUSPENDED, reason, Act.VENDOR_SUSPENDED, actor);
    }

    /**
     * It sells no more, and its owner is a customer: signed out, since the tokens that are out say
     * otherwise.
     */
    public Vendor close(UserId id, Actor actor) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchVendor(id));
        var vendor = vendors.lock(id).orElseThrow(() -> new NoSuchVendor(id));
        if (vendor.standing() == Standing.CLOSED) {
            return vendor;
        }
        var closed = vendor.with(Standing.CLOSED, null, now());
        vendors.update(closed);
        var roles = EnumSet.copyOf(user.roles());
        roles.remove(Role.VENDOR);
        if (roles.isEmpty()) {
            roles.add(Role.CUSTOMER);
        }
        give(user, roles);
        sessions.endAllOf(id);
        say(closed, Act.VENDOR_CLOSED, actor);
        mailing.vendorReviewed(id, closed.standing(), null);
        return closed;
    }

    /**
     * Whoever sells needs the role to ship it. The account is locked already.
     *
     * @throws VendorRefused unless it is closed, or there is none
     */
    void checkSellsNoMore(UserId id) {
        if (vendors.lock(id).filter(it -> it.standing() != Standing.CLOSED).isPresent()) {
            throw new VendorRefused(Why.OPEN);
        }
    }

    /** Nobody answers for what they sell. The account is locked already. */
    void suspendDeactivated(UserId id, Actor actor) {
        vendors.lock(id)
                .filter(Vendor::isApproved)
                .map(
                        vendor ->
                                vendor.with(
                                        Standing.SUSPENDED, "The account was deactivated.", now()))
                .ifPresent(
                        suspended -> {
                            vendors.update(suspended);
                            say(suspended, Act.VENDOR_SUSPENDED, actor);
                        });
    }

    /** Decided already means that nothing is left to do. */
    private Vendor decide(
            UserId id,
            LongConsumer check,
            Standing standing,
            @Nullable String reason,
            Act act,
            Actor actor) {
        users.lock(id).orElseThrow(() -> new NoSuchVendor(id));
        var vendor = open(id);
        check.accept(vendor.version());
        if (vendor.standing() == standing) {
            return vendor;
        }
        var decided = vendor.with(standing, reason, now());
        vendors.update(decided);
        say(decided, act, actor);
        mailing.vendorReviewed(id, standing, reason);
        return decided;
    }

    private User verified(UserId id) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        if (!user.emailVerified()) {
            throw new EmailNotVerified();
        }
        return user;
    }

    private Vendor open(UserId id) {
        var vendor = vendors.lock(id).orElseThrow(() -> new NoSuchVendor(id));
        if (vendor.standing() == Standing.CLOSED) {
            throw new VendorRefused(Why.CLOSED);
        }
        return vendor;
    }

    /** As precisely as it is kept. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void give(User user, Set<Role> roles) {
        if (!roles.equals(user.roles())) {
            users.update(user.with(roles));
            outbox.add(new AccountRolesChanged(user.id().value(), Registering.names(roles)));
        }
    }

    private void say(Vendor vendor, Act act, Actor actor) {
        outbox.add(new VendorChanged(vendor.id().value(), vendor.standing()));
        audit.add(
                act,
                actor,
                vendor.id(),
                vendor.reason() == null
                        ? vendor.standing().name()
                        : vendor.standing() + ": " + vendor.reason());
        log.info("vendor {} is {}", vendor.id(), vendor.standing());
    }
}
