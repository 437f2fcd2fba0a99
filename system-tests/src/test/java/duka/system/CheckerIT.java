package duka.system;

import static duka.system.Customer.APPROVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Checker;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker sees what is wrong: each planted violation is named, and gone once it is mended. */
class CheckerIT {

    /** The checker reads all of the shop's topics; this one can be deleted again. */
    private static final String PLANTED = "duka.planted.v1";

    final TheShop shop = TheShop.running();

    @ParameterizedTest(name = "invariant {0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 | update catalog.stock set on_hand = on_hand + 1 where product_id = '{product}'             | update catalog.stock set on_hand = on_hand - 1 where product_id = '{product}'
                    1 | update catalog.stock set reserved = reserved + 1 where product_id = '{product}'           | update catalog.stock set reserved = reserved - 1 where product_id = '{product}'
                    2 | update orders.order_lines set quantity = quantity + 1000 where order_id = '{order}'       | update orders.order_lines set quantity = quantity - 1000 where order_id = '{order}'
                    3 | update orders.orders set total = total + 1 where id = '{order}'                           | update orders.orders set total = total - 1 where id = '{order}'
                    4 | update cart.checkouts set status = 'REJECTED' where order_id = '{order}'                  | update cart.checkouts set status = 'CONFIRMED' where order_id = '{order}'
                    5 | update cart.carts set status = 'CHECKED_OUT' where order_id = '{order}'                   | update cart.carts set status = 'CLOSED' where order_id = '{order}'
                    6 | update catalog.reservations set status = 'HELD' where order_id = '{order}'                | update catalog.reservations set status = 'TAKEN' where order_id = '{order}'
                    7 | update payment.ledger_entries set amount = amount + 1 where side = 'DEBIT' and payment_id = '{payment}' | update payment.ledger_entries set amount = amount - 1 where side = 'DEBIT' and payment_id = '{payment}'
                    7 | update payment.ledger_entries set account = 'VENDOR', vendor_id = '{order}' where account = 'SHOP' and payment_id = '{payment}' | update payment.ledger_entries set account = 'SHOP', vendor_id = null where account = 'VENDOR' and payment_id = '{payment}'
                    9 | update orders.order_lines set unit_price = unit_price + 1 where order_id = '{order}'      | update orders.order_lines set unit_price = unit_price - 1 where order_id = '{order}'
                    """)
    void a_planted_violation_is_found(int invariant, String plant, String mend)
            throws SQLException {
        var customer = Customer.signUp(shop.guest());
        var product = shop.staff().sells(5, "10.00");
        var order = customer.puts(1, product).buys(APPROVE).expect(201).text("order_id");
        var payment = customer.paymentBecomes(order, "CAPTURED").path("id").asString();
        shop.booksAreRight();

        change(plant, product.id(), order, payment);

        assertThat(Checker.of(shop.itself()).violations())
                .anyMatch(violation -> violation.startsWith(invariant + ":"));
        change(mend, product.id(), order, payment);
        shop.booksAreRight();
    }

    @Test
    void an_event_out_of_order_and_one_unlike_its_schema_are_found() throws Exception {
        shop.booksAreRight();
        var key = UUID.randomUUID().toString();
        say(key, "01a1f9e0-0000-7000-8000-000000000002", "{\"order_id\": \"%s\"}".formatted(key));
        say(key, "01a1f9e0-0000-7000-8000-000000000001", "{\"order_id\": 7}");

        assertThat(Checker.of(shop.itself()).violations())
                .anyMatch(violation -> violation.startsWith("8:"))
                .anyMatch(violation -> violation.startsWith("10:"));

        try (var admin = Admin.create(broker())) {
            admin.deleteTopics(List.of(PLANTED)).all().get();
        }
        Customer.until("the planted events are gone", this::noneIsPlanted);
        shop.booksAreRight();
    }

    private boolean noneIsPlanted() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(broker())) {
            return !admin.listTopics().names().get().contains(PLANTED);
        }
    }

    private void say(String key, String id, String body)
            throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(broker())) {
            if (!admin.listTopics().names().get().contains(PLANTED)) {
                admin.createTopics(List.of(new NewTopic(PLANTED, 1, (short) 1))).all().get();
            }
        }
        var text = new StringSerializer();
        try (var producer = new KafkaProducer<>(broker(), text, text)) {
            var event = new ProducerRecord<>(PLANTED, key, body);
            event.headers().add("ce_id", id.getBytes(UTF_8));
            event.headers().add("ce_type", "OrderDelivered".getBytes(UTF_8));
            producer.send(event).get();
        }
    }

    private Map<String, Object> broker() {
        return Map.of("bootstrap.servers", shop.itself().bootstrapServers());
    }

    private void change(String sql, String product, String order, String payment)
            throws SQLException {
        var statement =
                sql.replace("{product}", product)
                        .replace("{order}", order)
                        .replace("{payment}", payment);
        try (var connection = shop.itself().connect();
                var change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).as(statement).isEqualTo(1);
        }
    }
}
