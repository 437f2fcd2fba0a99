package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import duka.cart.CheckingOut.Confirmation;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.PaymentMethod;
import duka.testing.Infrastructure;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;

/** How often the database is asked. What waits for it costs more than all else in this service. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class CostIT {

    static final Draft DRAFT =
            new Draft("Moi Avenue 1", null, PaymentMethod.CASH_ON_DELIVERY, null);

    @Autowired Shelf shelf;
    @Autowired Shopping shopping;
    @Autowired CheckingOut checkingOut;
    @Autowired Merging merging;
    @Autowired Wishing wishing;
    @Autowired CheckoutSaga saga;
    @Autowired TransactionOperations transaction;

    UUID tea;
    Shopper customer;

    @BeforeEach
    void anAssortment() {
        tea = shelf.put("Tea", "3.50");
        customer = Shopper.customer(UUID.randomUUID());
    }

    @Test
    void the_first_item_costs_two_statements_and_so_does_each_more() {
        assertThat(add()).hasSize(2);
        assertThat(add()).hasSize(2);
        tea = shelf.put("Green tea", "4.50");
        assertThat(add()).hasSize(2);
    }

    @Test
    void an_item_is_changed_and_removed_in_two_statements() {
        add();
        var item = shopping.cart(customer).orElseThrow().lines().getFirst().id();

        assertThat(Statements.of(() -> shopping.change(customer, item, _ -> 5, _ -> {})))
                .hasSize(2);
        assertThat(Statements.of(() -> shopping.remove(customer, item, _ -> {}))).hasSize(2);
        assertThat(Statements.of(() -> shopping.empty(customer, _ -> {}))).hasSize(2);
    }

    @Test
    void a_cart_is_shown_in_one_statement_however_much_is_in_it() {
        for (int i = 0; i < 5; i++) {
            shopping.add(customer, shelf.put("Thing", "1.00"), 1);
        }

        assertThat(Statements.of(() -> shopping.cart(customer))).hasSize(1);
    }

    @Test
    void what_a_customer_had_before_is_listed_in_as_many_statements_however_much_it_is() {
        for (int i = 0; i < 20; i++) {
            add();
            confirm();
            wishing.add(customer.id(), shelf.put("Thing", "1.00"));
        }
        var me = customer.id();

        for (int size : new int[] {1, 20}) {
            assertThat(Statements.of(() -> shopping.history(me, size, 0))).hasSize(2);
            assertThat(Statements.of(() -> checkingOut.history(me, size, 0))).hasSize(1);
            assertThat(Statements.of(() -> wishing.wishlist(me, size, 0))).hasSize(1);
        }
    }

    @Test
    void a_confirmation_costs_three_statements_and_one_more_if_the_draft_is_new() {
        add();
        assertThat(Statements.of(this::confirm)).hasSize(4);
        for (int i = 0; i < 5; i++) {
            shopping.add(customer, shelf.put("Thing", "1.00"), 1);
        }
        assertThat(Statements.of(this::confirm)).hasSize(3);
    }

    @Test
    void a_confirmed_order_costs_three_statements_and_five_together_cost_four() {
        assertThat(heard(List.of(new OrderConfirmed(ordered())))).hasSize(3);

        var confirmed = Stream.generate(this::ordered).limit(5).map(OrderConfirmed::new).toList();
        assertThat(heard(confirmed)).hasSize(4);
    }

    @Test
    void cancelled_orders_cost_five_statements_together() {
        var cancelled =
                Stream.generate(this::ordered)
                        .limit(5)
                        .map(order -> new OrderCancelled(order, CancelReason.DECLINED, false))
                        .toList();

        assertThat(heard(cancelled)).hasSize(5);
    }

    @Test
    void a_token_in_hand_costs_little_once_its_cart_is_merged() {
        var token = CartToken.mint();
        shopping.add(Shopper.guest(token), tea, 1);

        assertThat(Statements.of(() -> merging.merge(customer.id(), token))).hasSize(4);
        assertThat(Statements.of(() -> merging.merge(customer.id(), token))).hasSize(2);
    }

    private List<String> add() {
        return Statements.of(() -> shopping.add(customer, tea, 1));
    }

    private UUID ordered() {
        customer = Shopper.customer(UUID.randomUUID());
        add();
        return confirm().checkout().orderId();
    }

    private Confirmation.Begun confirm() {
        return (Confirmation.Begun)
                checkingOut.confirm(customer.id(), _ -> DRAFT, Optional.empty(), false, _ -> {});
    }

    private List<String> heard(List<? extends OrderEvent.ForCart> events) {
        return Statements.of(
                () -> transaction.executeWithoutResult(_ -> saga.onOrders(List.copyOf(events))));
    }
}
