package duka.catalog.stock;

import static duka.catalog.Shop.MANAGER;
import static duka.catalog.Shop.PRICE;
import static duka.catalog.stock.Movement.Reason.COUNTED;
import static duka.catalog.stock.Movement.Reason.DAMAGED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.catalog.stock.Correction.By;
import duka.catalog.stock.Correction.To;
import duka.catalog.stock.Stocking.Adjustment.BelowReserved;
import duka.catalog.stock.Stocking.Adjustment.Done;
import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.Line;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderReturned;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.Refusal.Why;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Conversation;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@WholeCatalog
class CheckoutIT {

    @Autowired Conversation catalog;
    @Autowired Shop shop;
    @Autowired Stocking stocking;
    @Autowired CheckoutSaga saga;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient jdbc;

    final UUID order = UUID.randomUUID();

    @AfterEach
    void the_books_add_up() {
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from stock
                                        where on_hand <> (select coalesce(sum(quantity), 0)
                                                          from stock_movements
                                                          where product_id = stock.product_id)
                                           or reserved <> (select coalesce(sum(quantity), 0)
                                                           from reservation_lines
                                                           join reservations using (order_id)
                                                           where product_id = stock.product_id
                                                             and status = 'HELD')
                                        """)
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void a_checkout_that_goes_well_takes_the_stock() {
        var chair = shop.product(10);

        catalog.hears(placed(order, line(chair, 3)));
        says(
                new StockReserved(
                        order, List.of(new ReservationEvent.Line(chair, "Chair", null, 3, PRICE))));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 10, 3, 5));

        catalog.hears(new OrderConfirmed(order));
        says(new StockTaken(order));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 7, 0, 5));
    }

    @Test
    void all_lines_are_held_or_none() {
        var chair = shop.product(10);
        var table = shop.product(1);

        catalog.hears(placed(order, line(chair, 3), line(table, 2)));

        says(new StockRejected(order, List.of(new Refusal(table, Why.OUT_OF_STOCK, 1, PRICE))));
        assertThat(shop.stock(chair).reserved()).isZero();

        catalog.hears(cancelled(order));
        var another = UUID.randomUUID();
        catalog.hears(placed(another, line(chair, 1)));
        await().until(() -> !catalog.said(another).isEmpty());
        assertThat(catalog.said(order)).as("nothing was held").hasSize(1);
    }

    @Test
    void a_price_that_has_moved_and_a_withdrawn_product_are_refused() {
        var chair = shop.product(10);
        var table = shop.product(10);
        var dearer = Money.of("400.00", "KES");
        shop.reprice(chair, dearer);
        shop.withdraw(table);

        catalog.hears(placed(order, line(chair, 1), line(table, 1)));

        says(
                new StockRejected(
                        order,
                        List.of(
                                new Refusal(chair, Why.PRICE_CHANGED, 10, dearer),
                                new Refusal(table, Why.WITHDRAWN, 0, null))));
    }

    @Test
    void a_cancelled_order_gives_back_what_it_held() {
        var chair = shop.product(10);
        catalog.hears(placed(order, line(chair, 3)));
        catalog.hears(cancelled(order));

        says(new StockReleased(order));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 10, 0, 5));
    }

    @Test
    void a_cancelled_order_returns_what_it_took() {
        var chair = shop.product(10);
        catalog.hears(placed(order, line(chair, 3)));
        catalog.hears(new OrderConfirmed(order));
        catalog.hears(cancelled(order));

        says(new StockReturned(order, List.of(new Quantity(chair, 3))));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 10, 0, 5));
    }

    @Test
    void nothing_is_returned_twice() {
        var chair = shop.product(10);
        var table = shop.product(10);
        catalog.hears(placed(order, line(chair, 3), line(table, 1)));
        catalog.hears(new OrderConfirmed(order));
        catalog.hears(
                new OrderLinesCancelled(order, List.of(new Quantity(chair, 2)), PRICE.times(2)));
        says(new StockReturned(order, List.of(new Quantity(chair, 2))));

        catalog.hears(new OrderReturned(order));
        await().atMost(20, SECONDS).until(() -> catalog.said(order).size() == 4);

        assertThat(((StockReturned) catalog.said(order).getLast()).lines())
                .containsExactlyInAnyOrder(new Quantity(chair, 1), new Quantity(table, 1));
        assertThat(shop.stock(chair).onHand()).isEqualTo(10);
        assertThat(shop.stock(table).onHand()).isEqualTo(10);
    }

    @Test
    void a_redelivery_is_no_second_order() {
        var chair = shop.product(10);
        var id = UUID.randomUUID();
        catalog.hears(id, placed(order, line(chair, 3)));
        catalog.hears(id, placed(order, line(chair, 3)));
        catalog.hears(new OrderConfirmed(order));

        says(new StockTaken(order));
        assertThat(catalog.said(order)).hasSize(2);
        assertThat(shop.stock(chair).onHand()).isEqualTo(7);
    }

    @Test
    void an_impossible_event_is_parked_and_stops_nobody_else() {
        var chair = shop.product(10);
        var other = UUID.randomUUID();
        catalog.hears(new OrderConfirmed(order));
        catalog.hears(placed(other, line(chair, 1)));

        await().atMost(20, SECONDS).until(() -> !catalog.said(other).isEmpty());
        assertThat(catalog.said(order)).isEmpty();
        assertThat(
                        jdbc.sql("select count(*) from dead_letters where key = ?")
                                .param(order.toString())
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void levels_are_told_when_they_change_and_only_then() {
        var chair = shop.product(10);
        catalog.hears(placed(order, line(chair, 2)));
        says(StockReserved.class, order);
        assertThat(catalog.said(chair)).as("still IN").hasSize(2);

        var second = UUID.randomUUID();
        catalog.hears(placed(second, line(chair, 8)));
        says(StockReserved.class, second);
        assertThat(catalog.said(chair))
                .last()
                .isEqualTo(new StockLevelChanged(chair, Level.OUT, 0, 5));

        catalog.hears(cancelled(second));
        says(StockReleased.class, second);
        assertThat(catalog.said(chair))
                .last()
                .isEqualTo(new StockLevelChanged(chair, Level.IN, 8, 5));
    }

    @Test
    void of_a_hundred_units_two_hundred_orders_get_a_hundred() {
        var chair = shop.product(100);
        var orders = Stream.generate(UUID::randomUUID).limit(200).toList();

        heardAtOnce(orders.stream().map(it -> placed(it, line(chair, 1))));

        assertThat(orders.subList(0, 100))
                .allSatisfy(it -> assertThat(only(it)).isInstanceOf(StockReserved.class));
        assertThat(orders.subList(100, 200))
                .allSatisfy(
                        it ->
                                assertThat(only(it))
                                        .isEqualTo(
                                                new StockRejected(
                                                        it,
                                                        List.of(
                                                                new Refusal(
                                                                        chair,
                                                                        Why.OUT_OF_STOCK,
                                                                        0,
                                                                        PRICE)))));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 100, 100, 5));
    }

    @Test
    void an_orders_whole_life_may_be_heard_at_once() {
        var chair = shop.product(10);

        heardAtOnce(
                Stream.of(
                        placed(order, line(chair, 3)),
                        new OrderConfirmed(order),
                        new OrderLinesCancelled(order, List.of(new Quantity(chair, 1)), PRICE),
                        cancelled(order)));

        assertThat(catalog.said(order))
                .hasSize(4)
                .endsWith(
                        new StockReturned(order, List.of(new Quantity(chair, 1))),
                        new StockReturned(order, List.of(new Quantity(chair, 2))));
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 10, 0, 5));
    }

    @Test
    void consumers_and_staff_at_once_sell_nothing_that_is_not_there() throws Exception {
        var products = List.of(shop.product(100), shop.product(100), shop.product(100));
        var all =
                List.of(
                        work(() -> orderFrom(products)),
                        work(() -> orderFrom(products.reversed())),
                        work(() -> orderFrom(products)),
                        work(() -> orderFrom(products.reversed())),
                        work(() -> adjust(products)),
                        work(() -> adjust(products.reversed())));
        try (var workers = Executors.newFixedThreadPool(all.size())) {
            for (var result : workers.invokeAll(all)) {
                result.get();
            }
        }
        for (var product : products) {
            var stock = shop.stock(product);
            assertThat(stock.onHand()).isBetween(80, 100);
            assertThat(stock.reserved()).isLessThanOrEqualTo(stock.onHand());
        }
    }

    @Test
    void what_is_reserved_cannot_be_adjusted_away() {
        var chair = shop.product(10);
        catalog.hears(placed(order, line(chair, 8)));
        says(StockReserved.class, order);

        assertThat(stocking.adjust(chair, new By(-3), DAMAGED, null, MANAGER))
                .isEqualTo(new BelowReserved(new Stock(chair, 10, 8, 5)));
        assertThat(stocking.adjust(chair, new To(8), COUNTED, null, MANAGER))
                .isEqualTo(new Done(new Stock(chair, 8, 8, 5)));
        assertThat(catalog.said(chair))
                .last()
                .isEqualTo(new StockLevelChanged(chair, Level.OUT, 0, 5));
    }

    /** In batches that name the same products in another order, as other partitions do. */
    private void orderFrom(List<UUID> products) {
        var lines = products.stream().map(it -> line(it, 1)).toArray(Line[]::new);
        for (int i = 0; i < 10; i++) {
            heardAtOnce(Stream.generate(UUID::randomUUID).limit(5).map(it -> placed(it, lines)));
        }
    }

    private void adjust(List<UUID> products) {
        for (int i = 0; i < 10; i++) {
            products.forEach(it -> stocking.adjust(it, new By(-1), DAMAGED, null, MANAGER));
        }
    }

    private static Callable<Object> work(Runnable work) {
        return Executors.callable(work);
    }

    private void heardAtOnce(Stream<? extends OrderEvent.ForStock> events) {
        transaction.executeWithoutResult(_ -> saga.onOrders(List.copyOf(events.toList())));
    }

    private Event only(UUID order) {
        assertThat(catalog.said(order)).hasSize(1);
        return catalog.said(order).getFirst();
    }

    private void says(ReservationEvent event) {
        await().atMost(20, SECONDS)
                .untilAsserted(
                        () -> assertThat(catalog.said(event.orderId())).last().isEqualTo(event));
    }

    private void says(Class<? extends Event> type, UUID order) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(catalog.said(order)).last().isInstanceOf(type));
    }

    private static OrderPlaced placed(UUID order, Line... lines) {
        return new OrderPlaced(order, UUID.randomUUID(), List.of(lines), PRICE);
    }

    private static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, CancelReason.CUSTOMER, false);
    }

    private static Line line(UUID product, int quantity) {
        return new Line(product, quantity, PRICE);
    }
}
