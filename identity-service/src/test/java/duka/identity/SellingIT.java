package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.AccountEvent.AccountRegistered;
import duka.events.AccountEvent.AccountRolesChanged;
import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.events.Event;
import duka.identity.VendorRefused.Why;
import duka.messaging.Conversation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WholeService
class SellingIT {

    private static final Business CRAFTS = new Business("Otieno Crafts", "Moi Avenue", null);

    @Autowired Registering registering;
    @Autowired VerifyingEmail verifying;
    @Autowired AccountKeeping accounts;
    @Autowired Selling selling;
    @Autowired SigningIn signingIn;
    @Autowired AuditLog audit;
    @Autowired SentMails.Mails mails;
    @Autowired Conversation conversation;

    @Test
    void who_applies_is_reviewed_and_can_still_buy() {
        var id = verified();

        var vendor = selling.apply(id, CRAFTS, Actor.SHOP);

        assertThat(vendor.standing()).isEqualTo(Standing.UNDER_REVIEW);
        assertThat(accounts.find(id).roles()).containsExactly(Role.CUSTOMER, Role.VENDOR);
        assertThat(conversation.said(id.value()))
                .containsExactly(
                        new AccountRegistered(id.value(), Set.of("CUSTOMER")),
                        new AccountRolesChanged(id.value(), Set.of("CUSTOMER", "VENDOR")),
                        new VendorChanged(id.value(), Standing.UNDER_REVIEW));
    }

    @Test
    void only_who_can_be_reached_applies() {
        var user = UserFixture.customer(registering);

        assertThatExceptionOfType(EmailNotVerified.class)
                .isThrownBy(() -> selling.apply(user.id(), CRAFTS, Actor.SHOP));
        assertThat(accounts.find(user.id()).roles()).containsExactly(Role.CUSTOMER);
    }

    @Test
    void of_several_applications_at_once_one_counts() throws Exception {
        var id = verified();
        Callable<Vendor> apply = () -> selling.apply(id, CRAFTS, Actor.SHOP);

        assertThat(succeed(apply, 6, VendorRefused.class)).isEqualTo(1);
        assertThat(standings(id)).containsExactly(Standing.UNDER_REVIEW);
    }

    @Test
    void of_several_businesses_with_one_id_at_once_one_counts() throws Exception {
        long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var one = verified();
        var other = verified();
        var turn = new AtomicInteger();
        Callable<Vendor> apply =
                () ->
                        selling.apply(
                                turn.getAndIncrement() == 0 ? one : other,
                                new Business("Otieno Crafts", "Moi Avenue", number),
                                Actor.SHOP);

        assertThat(succeed(apply, 2, Taken.class)).isEqualTo(1);
    }

    @Test
    void an_admin_approves_and_suspends_and_the_vendor_is_told() {
        var id = vendor();

        selling.approve(id, _ -> {}, Actor.SHOP);
        selling.approve(id, _ -> {}, Actor.SHOP);
        selling.suspend(id, _ -> {}, "No permit.", Actor.SHOP);

        assertThat(standings(id))
                .containsExactly(Standing.UNDER_REVIEW, Standing.APPROVED, Standing.SUSPENDED);
        assertThat(mails.of(id)).endsWith("APPROVED", "SUSPENDED No permit.");
        assertThat(selling.find(id).orElseThrow().reason()).isEqualTo("No permit.");
    }

    @Test
    void what_has_changed_is_reviewed_again() {
        var id = vendor();
        selling.approve(id, _ -> {}, Actor.SHOP);

        var same = selling.change(id, Vendor::business, Actor.SHOP);
        var moved =
                selling.change(
                        id, _ -> new Business("Otieno Crafts", "Ngong Road", null), Actor.SHOP);

        assertThat(same.standing()).isEqualTo(Standing.APPROVED);
        assertThat(moved.standing()).isEqualTo(Standing.UNDER_REVIEW);
        assertThat(moved.version()).isEqualTo(same.version() + 1);
        assertThat(standings(id))
                .containsExactly(Standing.UNDER_REVIEW, Standing.APPROVED, Standing.UNDER_REVIEW);
    }

    @Test
    void who_is_suspended_stays_so_until_an_admin_approves() {
        var id = vendor();
        selling.approve(id, _ -> {}, Actor.SHOP);
        selling.suspend(id, _ -> {}, "No permit.", Actor.SHOP);

        var moved =
                selling.change(
                        id, _ -> new Business("Otieno Crafts", "Ngong Road", null), Actor.SHOP);

        assertThat(moved)
                .isEqualTo(selling.find(id).orElseThrow())
                .returns(Standing.SUSPENDED, Vendor::standing)
                .returns("No permit.", Vendor::reason)
                .returns("Ngong Road", vendor -> vendor.business().address());
        selling.approve(id, _ -> {}, Actor.SHOP);
        assertThat(standings(id))
                .containsExactly(
                        Standing.UNDER_REVIEW,
                        Standing.APPROVED,
                        Standing.SUSPENDED,
                        Standing.APPROVED);
        assertThat(
                        audit.list(
                                new AuditSearch(
                                        Act.VENDOR_SUSPENDED, null, id.value(), null, null, null),
                                "happened_at",
                                10,
                                0))
                .extracting(AuditEntry::details)
                .containsExactly("SUSPENDED: No permit.");
    }

    @Test
    void nobody_approves_what_they_have_not_seen() {
        var id = vendor();
        var seen = selling.find(id).orElseThrow().version();
        selling.change(id, _ -> new Business("Other Crafts", "Moi Avenue", null), Actor.SHOP);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                selling.approve(
                                        id,
                                        version -> {
                                            if (version != seen) {
                                                throw new IllegalStateException("stale");
                                            }
                                        },
                                        Actor.SHOP));
        assertThat(selling.find(id).orElseThrow().standing()).isEqualTo(Standing.UNDER_REVIEW);
    }

    @Test
    void a_closed_vendor_is_a_customer_who_may_apply_again() {
        var id = vendor();
        var tokens = signIn(id);

        selling.close(id, Actor.SHOP);
        selling.close(id, Actor.SHOP);

        assertThat(signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE)).isEmpty();

        assertThat(accounts.find(id).roles()).containsExactly(Role.CUSTOMER);
        refused(Why.CLOSED, () -> selling.approve(id, _ -> {}, Actor.SHOP));
        refused(Why.CLOSED, () -> selling.change(id, _ -> CRAFTS, Actor.SHOP));
        selling.apply(id, CRAFTS, Actor.SHOP);
        assertThat(standings(id))
                .containsExactly(Standing.UNDER_REVIEW, Standing.CLOSED, Standing.UNDER_REVIEW);
        assertThat(accounts.find(id).roles()).containsExactly(Role.CUSTOMER, Role.VENDOR);
    }

    @Test
    void only_a_closed_vendor_loses_the_role() {
        var id = vendor();
        selling.approve(id, _ -> {}, Actor.SHOP);

        refused(Why.OPEN, () -> accounts.giveRoles(id, Set.of(Role.CUSTOMER), Actor.SHOP));
        selling.suspend(id, _ -> {}, "No permit.", Actor.SHOP);
        refused(Why.OPEN, () -> accounts.giveRoles(id, Set.of(Role.CUSTOMER), Actor.SHOP));

        assertThat(accounts.find(id).roles()).containsExactly(Role.CUSTOMER, Role.VENDOR);
        selling.close(id, Actor.SHOP);
        accounts.giveRoles(id, Set.of(Role.VENDOR), Actor.SHOP);
        accounts.giveRoles(id, Set.of(Role.CUSTOMER), Actor.SHOP);
        assertThat(accounts.find(id).roles()).containsExactly(Role.CUSTOMER);
    }

    @Test
    void a_deactivated_vendor_sells_no_more() {
        var id = vendor();
        selling.approve(id, _ -> {}, Actor.SHOP);

        accounts.deactivate(id, Actor.SHOP);
        accounts.reactivate(id, Actor.SHOP);

        assertThat(selling.find(id).orElseThrow().standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(standings(id)).endsWith(Standing.SUSPENDED);
    }

    @Test
    void nobody_is_no_vendor() {
        var id = verified();

        assertThat(selling.find(id)).isEmpty();
        assertThatExceptionOfType(NoSuchVendor.class)
                .isThrownBy(() -> selling.approve(id, _ -> {}, Actor.SHOP));
        assertThatExceptionOfType(NoSuchVendor.class)
                .isThrownBy(() -> selling.close(id, Actor.SHOP));
    }

    @Test
    void vendors_are_found_by_part_of_their_name_and_standing() {
        var mark = "Mark%d_".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000));
        var one = verified();
        var other = verified();
        selling.apply(one, new Business(mark + "B", "Moi Avenue", null), Actor.SHOP);
        selling.apply(other, new Business(mark + "A", "Moi Avenue", null), Actor.SHOP);
        selling.approve(other, _ -> {}, Actor.SHOP);

        var all = new VendorSearch(mark.toLowerCase(), null);
        assertThat(selling.count(all)).isEqualTo(2);
        assertThat(selling.list(all, "business_name", 10, 0))
                .extracting(Vendor::id)
                .containsExactly(other, one);
        assertThat(selling.list(new VendorSearch(mark, Standing.APPROVED), "applied_at", 10, 0))
                .extracting(Vendor::id)
                .containsExactly(other);
    }

    private static int succeed(
            Callable<Vendor> act, int times, Class<? extends Exception> otherwise)
            throws InterruptedException {
        int done = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each :
                    crowd.invokeAll(IntStream.range(0, times).mapToObj(_ -> act).toList())) {
                try {
                    each.get();
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(otherwise);
                }
            }
        }
        return done;
    }

    private List<Standing> standings(UserId id) {
        return conversation.said(id.value()).stream()
                .filter(VendorChanged.class::isInstance)
                .map((Event said) -> ((VendorChanged) said).standing())
                .toList();
    }

    private SigningIn.Tokens signIn(UserId id) {
        return signingIn
                .signIn(
                        Objects.requireNonNull(accounts.find(id).email()),
                        UserFixture.PASSWORD,
                        UserFixture.SOMEWHERE)
                .orElseThrow();
    }

    private UserId vendor() {
        var id = verified();
        selling.apply(id, CRAFTS, Actor.SHOP);
        return id;
    }

    private UserId verified() {
        var user = UserFixture.customer(registering);
        verifying.verify(mails.last(user.id(), "verify"), UserFixture.SOMEWHERE);
        return user.id();
    }

    private static void refused(Why why, ThrowingCallable act) {
        assertThatExceptionOfType(VendorRefused.class)
                .isThrownBy(act)
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
    }
}
