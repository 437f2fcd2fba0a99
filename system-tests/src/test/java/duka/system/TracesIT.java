package duka.system;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.system.Collector.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** One trace is the story of one checkout, through every program and every pause between them. */
class TracesIT {

    /** What each program does in a checkout that goes well. */
    private static final Set<String> STORY =
            Set.of(
                    "cart-service http post /api/v1/checkout",
                    "order-service CartCheckedOut",
                    "identity-service OrderPlaced",
                    "catalog-service OrderPlaced",
                    "order-service StockReserved",
                    "payment-service OrderAwaitingPayment",
                    "payment-service authorize",
                    "payment-simulator http post /v1/authorizations",
                    "payment-service Authorized",
                    "order-service PaymentAuthorized",
                    "cart-service OrderConfirmed",
                    "catalog-service OrderConfirmed",
                    "payment-service OrderConfirmed",
                    "payment-service capture",
                    "payment-service Captured",
                    "order-service StockTaken",
                    "order-service PaymentCaptured");

    final TheShop shop = TheShop.running();
    final String trace = random(16);
    final String root = random(8);

    @Test
    void a_checkout_is_one_trace_and_tells_nothing_about_its_customer() {
        var email = "traced-%s@example.com".formatted(UUID.randomUUID());
        shop.guest()
                .with("traceparent", traceparent())
                .post(
                        "/api/v1/auth/register",
                        Map.of("email", email, "password", Customer.PASSWORD))
                .expect(201);
        var customer = Customer.signIn(shop.guest(), email, Customer.PASSWORD);
        customer.puts(2, shop.staff().sells(5, "10.00"));

        var order =
                customer.traced(traceparent()).buys(Customer.APPROVE).expect(201).text("order_id");
        customer.mayShip(order);

        await().atMost(60, SECONDS)
                .untilAsserted(
                        () -> {
                            assertThat(steps(spans())).containsAll(STORY);
                            assertThat(strays(spans())).isEmpty();
                        });
        var spans = spans();
        assertThat(spans).extracting(Span::service).contains("gateway");
        assertThat(spans)
                .filteredOn(span -> span.attributes().containsKey("orderId"))
                .hasSizeGreaterThan(STORY.size() / 2)
                .allMatch(span -> order.equals(span.attributes().get("orderId")));
        for (var secret :
                List.of(email, Customer.PASSWORD, "Moi Avenue", Customer.APPROVE, "Bearer")) {
            assertThat(shop.traces().received()).noneMatch(told -> told.contains(secret));
        }
    }

    @Test
    void an_address_with_a_secret_in_it_is_not_told() {
        var secret = random(24);

        shop.guest().with("traceparent", traceparent()).get("/api/v1/auth/verify-email/" + secret);

        await().atMost(60, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(steps(spans()))
                                        .contains(
                                                "identity-service http get /api/v1/auth/email/verify"));
        assertThat(shop.traces().received()).noneMatch(told -> told.contains(secret));
    }

    private List<Span> spans() {
        return shop.traces().spansOf(trace);
    }

    private static Set<String> steps(List<Span> spans) {
        return spans.stream().map(span -> span.service() + " " + span.name()).collect(toSet());
    }

    /** Those of which nobody knows what led to them. */
    private List<Span> strays(List<Span> spans) {
        var ids = spans.stream().map(Span::id).collect(toSet());
        return spans.stream()
                .filter(span -> !ids.contains(span.parent()) && !span.parent().equals(root))
                .toList();
    }

    private String traceparent() {
        return "00-%s-%s-01".formatted(trace, root);
    }

    private static String random(int bytes) {
        var id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
