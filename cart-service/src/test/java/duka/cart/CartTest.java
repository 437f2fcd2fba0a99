package duka.cart;

import static duka.cart.CartFixture.cartOf;
import static duka.cart.CartFixture.emptyCart;
import static duka.cart.CartFixture.kes;
import static duka.cart.CartFixture.mug;
import static duka.cart.CartFixture.tea;
import static duka.cart.CartFixture.threeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.Refusal;
import duka.events.StockLevelChanged.Level;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CartTest {

    private static final Currency KES = Currency.getInstance("KES");

    @Test
    void a_product_added_twice_has_one_line() {
        var cart = emptyCart();

        cart.add(UUID.randomUUID(), tea(), 2);
        cart.add(UUID.randomUUID(), mug(), 1);
        cart.add(UUID.randomUUID(), tea(), 3);

        assertThat(cart.lines()).extracting(CartLine::quantity).containsExactly(5, 1);
        assertThat(cart.total(KES)).isEqualTo(kes("29.50"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void a_line_has_one_to_a_thousand_units(int quantity) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CartLine.of(UUID.randomUUID(), tea(), quantity));
    }

    @Test
    void a_price_that_has_changed_is_shown_and_has_to_be_acknowledged() {
        var cart = cartOf(threeOf(tea(2, "4.00", true)));

        assertThat(cart.hasUnacknowledgedChanges()).isTrue();
        assertThat(cart.total(KES)).isEqualTo(kes("12.00"));
        assertThat(onlyLine(cart).changes())
                .containsExactly(new Mark(Mark.Why.PRICE_CHANGED, null, kes("3.50"), false));

        cart.change(onlyLine(cart), 3);

        assertThat(cart.hasUnacknowledgedChanges()).isFalse();
        assertThat(onlyLine(cart).seenPrice()).isEqualTo(kes("4.00"));
    }

    @Test
    void adding_more_does_not_acknowledge_a_new_price() {
        var cart = cartOf(threeOf(tea(2, "4.00", true)));

        cart.add(UUID.randomUUID(), tea(2, "4.00", true), 1);

        assertThat(onlyLine(cart).quantity()).isEqualTo(4);
        assertThat(cart.hasUnacknowledgedChanges()).isTrue();
    }

    @Test
    void a_product_that_changed_in_other_ways_is_no_news() {
        assertThat(cartOf(threeOf(tea(2, "3.50", true))).hasUnacknowledgedChanges()).isFalse();
    }

    @Test
    void who_has_seen_the_old_price_has_seen_another_cart() {
        var before = threeOf(tea());
        var after = showing(before, tea(2, "4.00", true));

        assertThat(cartOf(before).seenAs()).isNotEqualTo(cartOf(after).seenAs());
        assertThat(cartOf(after).seenAs()).isEqualTo(cartOf(after).seenAs());
    }

    @Test
    void who_has_seen_another_stock_level_or_name_has_seen_another_cart() {
        var line = threeOf(tea());
        var products =
                Stream.of(
                        tea(),
                        named(1, "Tea", Level.OUT),
                        named(1, "Tea", null),
                        named(2, "Black tea", Level.IN));

        assertThat(products.map(now -> cartOf(showing(line, now)).seenAs()))
                .doesNotHaveDuplicates();
    }

    @Test
    void accepting_the_changes_takes_what_can_be_had_at_todays_price() {
        var cart =
                cartOf(
                        threeOf(tea(2, "4.00", true)).marked(soldOut(2)),
                        CartLine.of(UUID.randomUUID(), mug(), 1).marked(soldOut(0)));

        cart.acceptChanges();

        assertThat(onlyLine(cart).quantity()).isEqualTo(2);
        assertThat(onlyLine(cart).seenPrice()).isEqualTo(kes("4.00"));
        assertThat(onlyLine(cart).changes()).isEmpty();
    }

    @Test
    void what_is_withdrawn_costs_nothing_and_goes_with_the_changes() {
        var cart = cartOf(threeOf(tea(2, "3.50", false)));

        assertThat(onlyLine(cart).changes()).extracting(Mark::why).containsOnly(Mark.Why.WITHDRAWN);
        assertThat(cart.total(KES)).isEqualTo(Money.zero(KES));

        cart.acceptChanges();

        assertThat(cart.isEmpty()).isTrue();
    }

    @Test
    void a_refused_price_shows_at_once_and_is_not_taken_back_by_a_copy_that_is_late() {
        var cart = checkedOut(threeOf(tea()));

        cart.mark(Mark.Why.ORDER_REJECTED, List.of(refusal(Refusal.Why.PRICE_CHANGED, 9, "5.00")));

        assertThat(onlyLine(cart).unitPrice()).isEqualTo(kes("5.00"));
        assertThat(onlyLine(cart).changes())
                .containsExactly(new Mark(Mark.Why.PRICE_CHANGED, null, kes("3.50"), false));
    }

    @Test
    void a_line_that_was_not_refused_needs_no_acknowledgement() {
        var cart = checkedOut(threeOf(tea()), CartLine.of(UUID.randomUUID(), mug(), 1));

        cart.mark(Mark.Why.ORDER_REJECTED, List.of(refusal(Refusal.Why.OUT_OF_STOCK, 1, "3.50")));

        assertThat(cart.lines()).extracting(CartLine::isAcknowledged).containsExactly(false, true);
        assertThat(cart.lines().getFirst().changes()).containsExactly(soldOut(1));
    }

    @ParameterizedTest
    @EnumSource
    void a_cart_whose_order_was_cancelled_may_be_confirmed_as_it_is(CancelReason reason) {
        var cart = checkedOut(threeOf(tea()));

        cart.mark(Mark.Why.of(reason), List.of());
        cart.become(CartStatus.OPEN);
        cart.checkOut(UUID.randomUUID());

        assertThat(cart.status()).isEqualTo(CartStatus.CHECKED_OUT);
        assertThat(onlyLine(cart).changes()).isEmpty();
    }

    @Test
    void a_cart_takes_in_another_and_asks_before_it_sells_those_lines() {
        var back = checkedOut(threeOf(tea()), CartLine.of(UUID.randomUUID(), mug(), 999));
        back.mark(Mark.Why.PAYMENT_DECLINED, List.of());
        var open = emptyCart();
        open.add(UUID.randomUUID(), mug(), 2);

        open.takeIn(back, UUID::randomUUID);

        assertThat(open.lines()).extracting(CartLine::quantity).containsExactly(1000, 3);
        assertThat(open.lines()).noneMatch(CartLine::isAcknowledged);
        assertThat(open.lines()).doesNotHaveDuplicates();
    }

    @Test
    void a_customer_need_not_agree_to_what_the_guest_that_it_was_has_collected() {
        var guests = guestsCart();
        guests.add(UUID.randomUUID(), tea(), 600);
        guests.add(UUID.randomUUID(), mug(), 1);
        var mine = emptyCart();
        mine.add(UUID.randomUUID(), tea(), 600);

        mine.takeOver(guests, UUID::randomUUID);

        assertThat(mine.lines()).extracting(CartLine::quantity).containsExactly(1000, 1);
        assertThat(mine.hasUnacknowledgedChanges()).isFalse();
        assertThat(mine.lines())
                .extracting(CartLine::id)
                .doesNotContainAnyElementsOf(guests.lines().stream().map(CartLine::id).toList());
    }

    @Test
    void a_price_that_rose_before_the_guest_signed_in_has_to_be_acknowledged() {
        var mine = emptyCart();

        mine.takeOver(cartOf(threeOf(tea(2, "4.00", true))), UUID::randomUUID);

        assertThat(mine.hasUnacknowledgedChanges()).isTrue();
    }

    @Test
    void a_full_cart_takes_over_only_more_of_the_same() {
        var mine = emptyCart();
        mine.add(UUID.randomUUID(), tea(), 1);
        for (int i = 1; i < Cart.MOST_LINES; i++) {
            mine.add(UUID.randomUUID(), product(new UUID(1, i)), 1);
        }
        var guests = guestsCart();
        guests.add(UUID.randomUUID(), tea(), 2);
        guests.add(UUID.randomUUID(), mug(), 2);

        mine.takeOver(guests, UUID::randomUUID);

        assertThat(mine.lines()).hasSize(Cart.MOST_LINES);
        assertThat(mine.quantityOf(tea().id())).isEqualTo(3);
    }

    @Test
    void a_guest_has_room_for_less() {
        var guests = guestsCart();
        for (int i = 0; i < Cart.MOST_OF_A_GUEST; i++) {
            assertThat(guests.isFull()).isFalse();
            guests.add(UUID.randomUUID(), product(new UUID(1, i)), 1);
        }

        assertThat(guests.isFull()).isTrue();
    }

    @Test
    void only_lines_that_have_changed_are_written() {
        var cart = cartOf(threeOf(tea()), CartLine.of(UUID.randomUUID(), mug(), 1));
        var removed = cart.lines().get(1);

        cart.change(cart.lines().getFirst(), 2);
        cart.remove(removed);

        assertThat(cart.linesToWrite()).containsExactlyElementsOf(cart.lines());
        assertThat(cart.linesToDelete()).containsExactly(removed.id());

        cart.written();

        assertThat(cart.linesToWrite()).isEmpty();
        assertThat(cart.linesToDelete()).isEmpty();
    }

    @Test
    void a_bought_cart_is_shown_as_it_was_bought() {
        var cart = cartOf(threeOf(tea()));
        cart.checkOut(UUID.randomUUID());
        cart.become(CartStatus.CLOSED);
        var later =
                new Cart(
                        cart.id(),
                        Shopper.customer(cart.customerId()),
                        cart.status(),
                        cart.orderId(),
                        9,
                        List.of(threeOf(tea(2, "4.00", false))));

        var shown = later.settled();

        assertThat(shown.total(KES)).isEqualTo(kes("10.50"));
        assertThat(onlyLine(shown).changes()).isEmpty();
    }

    @Test
    void displayed_lines_add_up_to_the_displayed_total() {
        var cart =
                cartOf(
                        new CartLine(
                                UUID.randomUUID(), tea(1, "0.33", true), 3, kes("0.33"), 1, null),
                        CartLine.of(UUID.randomUUID(), mug(), 7));

        assertThat(
                        cart.lines().stream()
                                .map(line -> new BigDecimal(line.total().decimal()))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(new BigDecimal(cart.total(KES).decimal()));
    }

    @Test
    void what_has_changed_cannot_be_checked_out() {
        var cart = cartOf(threeOf(tea(2, "4.00", true)));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cart.checkOut(UUID.randomUUID()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "MERGED", "EXPIRED"})
    void a_final_status_is_final(CartStatus end) {
        var cart = checkedOut(threeOf(tea()));
        cart.become(end);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cart.become(CartStatus.OPEN));
    }

    private static Cart guestsCart() {
        return Cart.open(UUID.randomUUID(), Shopper.guest(CartToken.mint()));
    }

    private static Product named(long revision, String name, @Nullable Level level) {
        return new Product(tea().id(), revision, "tea", name, kes("3.50"), true, level, 5);
    }

    private static CartLine showing(CartLine line, Product now) {
        return new CartLine(line.id(), now, line.quantity(), line.seenPrice(), 1, null);
    }

    private static Product product(UUID id) {
        return new Product(id, 1, "thing", "Thing", kes("1.00"), true, null, 0);
    }

    private static Cart checkedOut(CartLine... lines) {
        var cart = cartOf(lines);
        cart.checkOut(UUID.randomUUID());
        return cart;
    }

    private static CartLine onlyLine(Cart cart) {
        assertThat(cart.lines()).hasSize(1);
        return cart.lines().getFirst();
    }

    private static Mark soldOut(int available) {
        return new Mark(Mark.Why.OUT_OF_STOCK, available, null, false);
    }

    private static Refusal refusal(Refusal.Why why, int available, @Nullable String price) {
        return new Refusal(tea().id(), why, available, price == null ? null : kes(price));
    }
}
