package duka.identity;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody's addresses. While they have any, one is the default for shipping and one for billing.
 * All changes lock their owner first, so that two at once leave it so.
 */
@Service
@Transactional
public class KeepingAddresses {

    private static final int MOST = 50;

    private final Users users;
    private final Addresses addresses;
    private final Clock clock;

    KeepingAddresses(Users users, Addresses addresses, Clock clock) {
        this.users = users;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public long count(UserId owner) {
        return addresses.count(owner);
    }

    @Transactional(readOnly = true)
    public List<Address> list(UserId owner, int limit, long offset) {
        return addresses.list(owner, limit, offset);
    }

    @Transactional(readOnly = true)
    public Optional<Address> find(UserId owner, UUID id) {
        return addresses.find(owner, id);
    }

    /**
     * @param wish its id does not count
     * @return nothing if they have as many as anybody may have
     */
    public Optional<Address> add(UserId owner, Address wish) {
        lock(owner);
        var before = addresses.count(owner);
        if (before >= MOST) {
            return Optional.empty();
        }
        var first = before == 0;
        var address =
                new Address(
                        Uuid7.mint(clock),
                        wish.recipient(),
                        wish.phoneNumber(),
                        wish.addressLine1(),
                        wish.addressLine2(),
                        wish.city(),
                        wish.country(),
                        wish.postalCode(),
                        first || wish.defaultShipping(),
                        first || wish.defaultBilling());
        addresses.makeRoomFor(owner, address);
        addresses.add(owner, address);
        return Optional.of(address);
    }

    /** A default stays one until another takes its place. */
    public Optional<Address> change(UserId owner, UUID id, UnaryOperator<Address> change) {
        lock(owner);
        var before = addresses.find(owner, id);
        return before.map(change)
                .map(
                        wish -> {
                            var address =
                                    wish.withDefaults(
                                            wish.defaultShipping()
                                                    || before.get().defaultShipping(),
                                            wish.defaultBilling() || before.get().defaultBilling());
                            addresses.makeRoomFor(owner, address);
                            addresses.update(owner, address);
                            return address;
                        });
    }

    /** The one that they have had longest takes a default's place. False, if there is no such. */
    public boolean remove(UserId owner, UUID id) {
        lock(owner);
        var address = addresses.find(owner, id);
        addresses.remove(owner, id);
        address.filter(gone -> gone.defaultShipping() || gone.defaultBilling())
                .ifPresent(
                        gone ->
                                addresses.list(owner, 1, 0).stream()
                                        .findFirst()
                                        .ifPresent(
                                                heir -> addresses.update(owner, heir(heir, gone))));
        return address.isPresent();
    }

    private static Address heir(Address heir, Address gone) {
        return heir.withDefaults(
                heir.defaultShipping() || gone.defaultShipping(),
                heir.defaultBilling() || gone.defaultBilling());
    }

    private void lock(UserId owner) {
        users.lock(owner).orElseThrow(() -> new NoSuchUser(owner));
    }
}
