package duka.system;

import static duka.system.Customer.APPROVE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.local.Part;
import duka.local.Place;
import duka.local.Ports;
import duka.local.Shop;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A service is released alone, and taken back alone: the shop goes through both on one database,
 * with orders under way. {@code ./duka test --previous} runs it; {@code
 * -Dduka.test.program=payment-service} is about another service than order-service, {@code
 * -Dduka.test.previous=<commit>} about another commit than that of the previous release.
 */
@Tag("previous")
class PreviousReleaseIT {

    private static final String PROGRAM = System.getProperty("duka.test.program", "order-service");

    private static final Shop SHOP =
            Shop.at(
                    Place.at(Path.of("target", "previous-shop")),
                    Ports.free(),
                    Map.of(
                            "DUKA_CHECKOUT_SWEEP",
                            "1s",
                            "DUKA_GATEWAY_LIMITS_ENABLED",
                            "false",
                            "DUKA_IDENTITY_THROTTLE_PERADDRESS",
                            "1000000"));

    private static final TheShop OURS = TheShop.of(SHOP);

    private static Map<Part, Path> before = Map.of();
    private static Map<Part, Path> now = Map.of();

    @BeforeAll
    static void the_previous_releases_are_open() {
        before = PreviousReleases.jars();
        now = before.keySet().stream().collect(Collectors.toMap(part -> part, SHOP.place()::jar));
        Runtime.getRuntime().addShutdownHook(new Thread(SHOP::close));
        SHOP.forgetEverything();
        before.forEach(SHOP::use);
        SHOP.open();
    }

    @AfterAll
    static void nothing_is_left_running() {
        SHOP.close();
    }

    @Test
    void each_release_sells_among_the_other_release_of_the_others() {
        var program = program();
        var others = before.keySet().stream().filter(part -> part != program).toList();
        sells("all of them are previous releases");

        var early = new UnderWay();
        run(program, now);
        early.ends();
        sells("today's among previous ones");

        var late = new UnderWay();
        others.forEach(other -> run(other, now));
        run(program, before);
        late.ends();
        sells("a previous one among today's, on today's schema");

        var last = new UnderWay();
        run(program, now);
        last.ends();
        sells("all of them are today's");
    }

    private static Part program() {
        return Arrays.stream(Part.values())
                .filter(part -> part.title().equals(PROGRAM))
                .findFirst()
                .orElseThrow();
    }

    private static void run(Part part, Map<Part, Path> release) {
        SHOP.stop(part);
        SHOP.use(part, release.get(part));
        SHOP.start(part);
        SHOP.awaitOpen();
    }

    private static void sells(String who) {
        var staff = OURS.staff();
        var customer = Customer.signUp(OURS.guest());
        var product = staff.sells(2, "389.00");

        var kept = customer.puts(1, product).buys(APPROVE).expect(201);
        assertThat(kept.text("status")).as(who).isEqualTo("CONFIRMED");
        customer.paymentBecomes(kept.text("order_id"), "CAPTURED");

        var cancelled = customer.puts(1, product).buys(APPROVE).expect(201).text("order_id");
        customer.paymentBecomes(cancelled, "CAPTURED");
        customer.http().post("/api/v1/orders/" + cancelled + "/cancel", Map.of()).expect(200);
        customer.paymentBecomes(cancelled, "REFUNDED");
        await(who).atMost(20, SECONDS).until(() -> staff.available(product) == 1);

        var slower = Customer.signUp(OURS.guest());
        slower.puts(1, product).drafts(APPROVE);
        customer.puts(1, product).buys(APPROVE).expect(201);
        slower.ordersSaying(slower.places(), "REJECTED");

        var declined = Customer.signUp(OURS.guest());
        declined.puts(1, staff.sells(1, "10.00"));
        assertThat(declined.buys("tok_decline").expect(201).text("status"))
                .as(who)
                .isEqualTo("CANCELLED");
        OURS.booksAreRight();
    }

    /** An order that was placed before a release, and is paid after it. */
    private static final class UnderWay {

        private final Customer customer = Customer.signUp(OURS.guest());
        private final String order;

        UnderWay() {
            order = customer.puts(1, OURS.staff().sells(1, "10.00")).drafts(null).places();
            customer.paymentBecomes(order, "PENDING");
        }

        void ends() {
            customer.http()
                    .post(
                            "/api/v1/payments/initiate",
                            Map.of("order_id", order, "payment_token", APPROVE))
                    .expect(201);
            customer.ordersSaying(order, "CONFIRMED");
            customer.paymentBecomes(order, "CAPTURED");
        }
    }
}
