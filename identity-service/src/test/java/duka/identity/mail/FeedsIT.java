package duka.identity.mail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.InventoryEvent;
import duka.events.InventoryReconciled;
import duka.events.InventoryReconciled.Difference;
import duka.events.InventoryReconciled.Figure;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.Line;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPaymentReminded;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturnApproved;
import duka.events.OrderEvent.OrderReturnRejected;
import duka.events.OrderEvent.OrderReturnRequested;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.ProductEvent.ProductChanged;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.Refusal.Why;
import duka.events.ReportEvent.ProductSales;
import duka.events.ReportEvent.SalesReported;
import duka.events.StockCritical;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.identity.Actor;
import duka.identity.Profile;
import duka.identity.Registering;
import duka.messaging.Conversation;
import duka.messaging.Said;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** From what the other services say to a mail in a folder, through a real Kafka and PostgreSQL. */
@SpringBootTest(properties = {"duka.mail.digest=2s", "duka.mail.poll=200ms"})
@Import(Infrastructure.class)
class FeedsIT {

    private static final Money TOTAL = Money.of("778.00", "KES");

    @TempDir static Path folder;

    @Autowired Conversation others;
    @Autowired Registering registering;
    @Autowired MailKeeping keeping;
    @Autowired OrderFeed feed;
    @Autowired StockFeed stock;
    @Autowired Mailbox mailbox;
    @Autowired Mails mails;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient jdbc;
    @Autowired Clock clock;

    private final UUID order = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();
    private final UUID product = UUID.randomUUID();
    private Account amina;

    private record Account(UUID id, String address) {}

    private record Read(String subject, String text) {}

    @DynamicPropertySource
    static void mails(DynamicPropertyRegistry registry) {
        registry.add("duka.mail.folder", folder::toString);
    }

    @BeforeEach
    void aCustomerAndAProduct() {
        jdbc.sql("update users set active = false").update();
        amina = account("CUSTOMER");
        others.hears(productOf(null));
        await().atMost(30, SECONDS).until(() -> known(product));
    }

    @Test
    void a_customer_reads_what_becomes_of_an_order() {
        var shipment = UUID.randomUUID();
        var line = List.of(new Quantity(product, 1));
        say(
                placed(),
                new OrderConfirmed(order),
                new OrderLinesCancelled(order, line, Money.of("389.00", "KES")),
                new OrderLinesCancelled(order, line, Money.of("389.00", "KES")),
                new OrderShipped(order, shipment, line, false),
                new OrderDelivered(order),
                new OrderReturnRequested(order, shipment, "too small"),
                new OrderReturnRejected(order, shipment, "it was worn"),
                new OrderReturnApproved(order, UUID.randomUUID()),
                new OrderReturned(order));

        assertThat(subjectsTo(amina, 11))
                .containsExactlyInAnyOrder(
                        "Welcome to Duka",
                        "Confirm your email address",
                        "Your order is confirmed",
                        "A part of your order is cancelled",
                        "A part of your order is cancelled",
                        "Your order is on its way",
                        "Your order is delivered",
                        "You want to send your order back",
                        "We cannot take your order back",
                        "You may send your order back",
                        "Your order is back with us");
        assertThat(textOf(amina, "Your order is confirmed"))
                .contains("- 2 x Baobab oil: 778.00 KES", "Total: 778.00 KES", order.toString());
        assertThat(textOf(amina, "Your order is on its way"))
                .contains("a part of your order", "- 1 x Baobab oil");
        assertThat(textOf(amina, "We cannot take your order back")).contains("Reason: it was worn");
    }

    @Test
    void a_customer_reads_why_there_is_no_order() {
        var other = UUID.randomUUID();
        say(
                placed(),
                new OrderRejected(order, List.of(new Refusal(product, Why.OUT_OF_STOCK, 1, TOTAL))),
                new OrderPlaced(other, amina.id(), List.of(line()), TOTAL),
                new OrderCancelled(other, CancelReason.DEADLINE, false));

        assertThat(textOf(amina, "We cannot deliver your order"))
                .contains("- Baobab oil: only 1 left");
        assertThat(textOf(amina, "Your order is cancelled"))
                .contains("It was not paid in time.")
                .doesNotContain("comes back to you");
    }

    @Test
    void a_customer_reads_about_the_money() {
        say(
                placed(),
                new PaymentActionRequired(
                        order, payment, TOTAL, Action.APPROVE, "https://bank.example/?a=1&b=2"),
                new OrderPaymentReminded(
                        order, amina.id(), TOTAL, 2, clock.instant().plus(Duration.ofHours(1))),
                new PaymentCaptured(order, payment, TOTAL),
                new PaymentRefunded(
                        order, payment, UUID.randomUUID(), TOTAL, "returned", Asker.ORDER));

        assertThat(textOf(amina, "Your order waits for your payment"))
                .contains("https://bank.example/?a=1&b=2");
        assertThat(textOf(amina, "Last reminder: your order is not paid yet"))
                .contains("778.00 KES");
        assertThat(textOf(amina, "Receipt for your order")).contains("778.00 KES");
        assertThat(textOf(amina, "Your money is on its way back")).contains("778.00 KES");
    }

    @Test
    void a_mail_about_money_waits_until_it_is_known_whose_it_is() {
        others.hears(new PaymentCaptured(order, payment, TOTAL));
        await().atMost(30, SECONDS)
                .until(
                        () ->
                                keeping.list(MailState.WAITING, 10, 0).stream()
                                        .anyMatch(
                                                mail ->
                                                        order.equals(mail.orderId())
                                                                && mail.attempts() > 0));

        others.hears(placed());

        assertThat(textOf(amina, "Receipt for your order")).contains("Baobab oil");
    }

    @Test
    void a_link_that_is_none_is_not_passed_on() {
        say(
                placed(),
                new PaymentActionRequired(
                        order, payment, TOTAL, Action.APPROVE, "javascript:alert(1)"));

        assertThat(textOf(amina, "Your order waits for your payment"))
                .doesNotContain("javascript")
                .contains("/orders/" + order);
    }

    @Test
    void what_is_heard_twice_is_mailed_once() {
        var id = UUID.randomUUID();
        others.hears(placed());
        others.hears(id, new OrderConfirmed(order));
        others.hears(id, new OrderConfirmed(order));
        others.hears(new OrderConfirmed(order));
        others.hears(new OrderDelivered(order));

        assertThat(subjectsTo(amina, 4)).filteredOn("Your order is confirmed"::equals).hasSize(1);
    }

    @Test
    void who_has_left_gets_no_mail() {
        jdbc.sql("update users set active = false where id = ?").param(amina.id()).update();
        var present = account("CUSTOMER");
        var later = UUID.randomUUID();
        say(
                placed(),
                new OrderConfirmed(order),
                new OrderPlaced(later, present.id(), List.of(line()), TOTAL),
                new OrderConfirmed(later));

        assertThat(textOf(present, "Your order is confirmed")).isNotEmpty();
        assertThat(mailsTo(amina))
                .extracting(Read::subject)
                .doesNotContain("Your order is confirmed");
    }

    @Test
    void what_was_to_be_paid_is_not_asked_for_once_the_order_is_cancelled() {
        others.hears(new PaymentActionRequired(order, payment, TOTAL, Action.INITIATE, null));
        await().atMost(30, SECONDS)
                .until(() -> keeping.list(null, 1, 0).getFirst().orderId() != null);

        say(placed(), new OrderCancelled(order, CancelReason.CUSTOMER, false));

        assertThat(textOf(amina, "Your order is cancelled")).contains("You cancelled it.");
        assertThat(keeping.list(null, 20, 0))
                .filteredOn(
                        mail ->
                                mail.template().equals("PAYMENT_ACTION")
                                        && order.equals(mail.orderId()))
                .singleElement()
                .returns(MailState.DROPPED, KeptMail::state);
    }

    @Test
    void nor_once_it_is_paid_or_cancelled_however_soon_after() {
        var paid = UUID.randomUUID();
        var deadline = clock.instant().plus(Duration.ofHours(1));
        transaction.executeWithoutResult(
                _ ->
                        feed.onOrders(
                                Stream.<OrderEvent.ForCustomer>of(
                                                placed(),
                                                new OrderPlaced(
                                                        paid, amina.id(), List.of(line()), TOTAL),
                                                new OrderPaymentReminded(
                                                        order, amina.id(), TOTAL, 1, deadline),
                                                new OrderPaymentReminded(
                                                        paid, amina.id(), TOTAL, 1, deadline),
                                                new OrderCancelled(
                                                        order, CancelReason.CUSTOMER, false),
                                                new OrderConfirmed(paid))
                                        .map(event -> new Said<>(event, clock.instant()))
                                        .toList()));

        for (var each : List.of(order, paid)) {
            assertThat(keeping.list(null, 20, 0))
                    .filteredOn(
                            mail ->
                                    mail.template().equals("PAYMENT_REMINDER")
                                            && each.equals(mail.orderId()))
                    .singleElement()
                    .returns(MailState.DROPPED, KeptMail::state);
        }
    }

    @Test
    void what_happened_before_there_were_mails_is_not_written_about() {
        var before = beginning().minusSeconds(1);
        others.hears(placed(), before);
        others.hears(new OrderConfirmed(order), before);
        others.hears(new PaymentCaptured(order, payment, TOTAL), before);
        say(
                new OrderDelivered(order),
                new PaymentRefunded(
                        order, payment, UUID.randomUUID(), TOTAL, "returned", Asker.ORDER));

        assertThat(textOf(amina, "Your order is delivered")).contains(order.toString());
        assertThat(textOf(amina, "Your money is on its way back")).isNotEmpty();
        assertThat(keeping.list(null, 100, 0))
                .filteredOn(mail -> order.equals(mail.orderId()))
                .extracting(KeptMail::template)
                .containsExactlyInAnyOrder("ORDER_DELIVERED", "PAYMENT_REFUNDED");
    }

    @Test
    void what_is_asked_for_too_late_is_not_asked_for() {
        var said = beginning().plusMillis(1).truncatedTo(ChronoUnit.MILLIS); // as Kafka has it
        others.hears(new PaymentActionRequired(order, payment, TOTAL, Action.INITIATE, null), said);

        await().atMost(30, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(goodUntil(order))
                                        .contains(said.plus(Duration.ofMinutes(30))));
    }

    @Test
    void a_vendor_hears_what_runs_low_and_the_store_managers_of_the_rest_in_one_mail() {
        var vendor = account("VENDOR");
        var manager = account("STORE_MANAGER");
        var theirs = UUID.randomUUID();
        var again = UUID.randomUUID();
        var out = UUID.randomUUID();
        others.hears(productOf(theirs, "Kitenge", vendor.id()));
        await().atMost(30, SECONDS).until(() -> known(theirs));
        // At once: a mail may go between two that come one by one.
        transaction.executeWithoutResult(
                _ -> {
                    hears(
                            new StockLevelChanged(theirs, Level.LOW, 3, 5),
                            new StockLevelChanged(again, Level.LOW, 3, 5),
                            new StockLevelChanged(product, Level.LOW, 3, 5));
                    hears(
                            new StockLevelChanged(product, Level.OUT, 0, 5),
                            new StockCritical(out, 1, 5, Instant.parse("2026-03-01T08:00:00Z")),
                            new StockLevelChanged(again, Level.IN, 30, 5));
                });

        assertThat(textOf(vendor, "Stock is running low"))
                .contains("- Kitenge: low, 3 available, low from 5")
                .doesNotContain("Baobab");
        assertThat(textOf(manager, "Stock is running low"))
                .contains(
                        "- Baobab oil: sold out, 0 available",
                        "critical, unchanged since 1 March 2026")
                .doesNotContain("Baobab oil: low", "Kitenge", again.toString());
    }

    @Test
    void what_came_in_again_leaves_the_mails_alone_that_do_not_tell_of_it() {
        var back = UUID.randomUUID();
        var telling = waitingMail(back);
        var other = waitingMail(product);
        var asItWas = version(other);

        say(new StockLevelChanged(back, Level.IN, 30, 5));

        await().atMost(30, SECONDS).until(() -> tellsOfNothing(telling));
        assertThat(version(other)).isEqualTo(asItWas);
    }

    @Test
    void two_who_hear_of_stock_at_once_do_not_wait_for_each_other() {
        var mine = UUID.randomUUID();
        var theirs = UUID.randomUUID();
        var vendor = UUID.randomUUID();
        var other = UUID.randomUUID();
        transaction.executeWithoutResult(
                _ -> mailbox.gather(Map.of(vendor, news(mine), other, news(theirs))));
        var begun = new AtomicInteger();

        assertThat(
                        Parallel.<Boolean>all(
                                List.of(
                                        () -> moves(mine, other, begun),
                                        () -> moves(theirs, vendor, begun))))
                .containsOnly(true);
    }

    @Test
    void store_managers_read_every_difference() {
        var one = account("STORE_MANAGER");
        var two = account("STORE_MANAGER");
        others.hears(
                new InventoryReconciled(
                        UUID.randomUUID(),
                        Instant.parse("2026-03-01T08:00:00Z"),
                        50,
                        List.of(
                                new Difference(product, Figure.ON_HAND, 7, 5),
                                new Difference(product, Figure.RESERVED, 0, 1))));

        for (var manager : List.of(one, two)) {
            assertThat(textOf(manager, "The stock differs from its books"))
                    .contains("50 products", "2 figures differ")
                    .contains("on hand: 5 instead of 7", "reserved: 1 instead of 0");
        }
    }

    @Test
    void store_managers_read_what_was_sold_and_admins_where_there_are_none() {
        var admin = account("ADMIN");
        others.hears(
                new SalesReported(
                        UUID.randomUUID(),
                        Instant.parse("2026-03-02T00:00:00Z"),
                        Instant.parse("2026-03-09T00:00:00Z"),
                        12,
                        2,
                        30,
                        TOTAL,
                        List.of(new ProductSales(product, "Baobab oil", 9, TOTAL))));

        assertThat(textOf(admin, "Sales from 2 March 2026 to 8 March 2026"))
                .contains("Orders confirmed:      12", "- Baobab oil: 9 sold, 778.00 KES");
    }

    @Test
    void the_shops_own_affairs_go_to_confirmed_addresses_only() {
        var unconfirmed = account("STORE_MANAGER");
        jdbc.sql("update users set email_verified = false where id = ?")
                .param(unconfirmed.id())
                .update();
        var confirmed = account("STORE_MANAGER");
        others.hears(new InventoryReconciled(UUID.randomUUID(), clock.instant(), 50, List.of()));

        assertThat(textOf(confirmed, "The stock agrees with its books"))
                .contains("Everything agrees.");
        assertThat(mailsTo(unconfirmed))
                .extracting(Read::subject)
                .doesNotContain("The stock agrees with its books");
    }

    private UUID waitingMail(UUID about) {
        var recipient = UUID.randomUUID();
        mails.gather(
                recipient,
                "stock-alert:" + recipient,
                Map.of(about.toString(), Map.of("level", "low")),
                clock.instant().plus(Duration.ofHours(1)));
        return recipient;
    }

    private static Map<UUID, Map<String, Object>> news(UUID product) {
        return Map.of(product, Map.of("level", "low"));
    }

    /** Goes on once the other one has got as far, or cannot. */
    private boolean moves(UUID product, UUID to, AtomicInteger begun) {
        return transaction.execute(
                _ -> {
                    mailbox.ungather(List.of(product));
                    begun.incrementAndGet();
                    await().until(() -> begun.get() == 2 || somebodyWaits());
                    mailbox.gather(Map.of(to, news(product)));
                    return true;
                });
    }

    private boolean somebodyWaits() {
        return jdbc.sql(
                        "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                .query(Boolean.class)
                .single();
    }

    private String version(UUID recipient) {
        return jdbc.sql("select xmin::text from mails where recipient_id = ?")
                .param(recipient)
                .query(String.class)
                .single();
    }

    private boolean tellsOfNothing(UUID recipient) {
        return jdbc.sql("select facts -> 'products' = '{}' from mails where recipient_id = ?")
                .param(recipient)
                .query(Boolean.class)
                .single();
    }

    private Instant beginning() {
        return jdbc.sql("select at from mail_beginning")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private Optional<Instant> goodUntil(UUID order) {
        return jdbc.sql("select good_until from mails where order_id = ?")
                .param(order)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private OrderPlaced placed() {
        return new OrderPlaced(order, amina.id(), List.of(line()), TOTAL);
    }

    private Line line() {
        return new Line(product, 2, Money.of("389.00", "KES"));
    }

    private void hears(InventoryEvent... events) {
        stock.onStock(Stream.of(events).map(event -> new Said<>(event, clock.instant())).toList());
    }

    private void say(Event... events) {
        for (var event : events) {
            others.hears(event);
        }
    }

    private ProductChanged productOf(UUID vendor) {
        return productOf(product, "Baobab oil", vendor);
    }

    private static ProductChanged productOf(UUID id, String name, UUID vendor) {
        var price = Money.of("389.00", "KES");
        return new ProductChanged(
                id, 1, "p-" + id, "sku", name, UUID.randomUUID(), vendor, price, price, true);
    }

    private boolean known(UUID product) {
        return jdbc.sql("select exists (select from mail_products where product_id = ?)")
                .param(product)
                .query(Boolean.class)
                .single();
    }

    private Account account(String role) {
        var address = "amina-" + UUID.randomUUID() + "@example.com";
        var id =
                registering
                        .register(
                                null,
                                address,
                                "giraffe-42-lake",
                                Profile.named("Amina", "", ""),
                                Actor.SHOP)
                        .id()
                        .value();
        jdbc.sql("update users set email_verified = true, roles = array [?] where id = ?")
                .params(role, id)
                .update();
        return new Account(id, address);
    }

    private List<String> subjectsTo(Account account, int atLeast) {
        await().atMost(30, SECONDS).until(() -> mailsTo(account).size() >= atLeast);
        return mailsTo(account).stream().map(Read::subject).toList();
    }

    private String textOf(Account account, String subject) {
        return await().atMost(30, SECONDS)
                .until(
                        () ->
                                mailsTo(account).stream()
                                        .filter(mail -> mail.subject().equals(subject))
                                        .toList(),
                        found -> !found.isEmpty())
                .getFirst()
                .text();
    }

    private static List<Read> mailsTo(Account account) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .map(FeedsIT::parsed)
                    .filter(mail -> isTo(mail, account.address()))
                    .map(FeedsIT::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MimeMessage parsed(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new MimeMessage(null, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Read read(MimeMessage mail) {
        try {
            return new Read(mail.getSubject(), MailParts.of(mail, "text/plain"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
