package duka.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitBlockOnFail;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.tryMax;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Customers who come at a constant rate, or all at once, and each buy one thing: from an item in
 * the cart to an order that is decided. Nobody waits for anybody, so a shop that is slow has more
 * of them in it, and not fewer.
 */
public final class Checkouts extends Simulation {

    /**
     * What an order is, or what the answer is while nobody has heard of it, until it is decided.
     */
    private static final Set<String> UNDECIDED =
            Set.of("", "PENDING", "PLACED", "AWAITING_PAYMENT", "404");

    private static final String REFUSED = "409";

    /** The try before is still being answered. */
    private static final String IN_PROGRESS = "/problems/request-in-progress";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Outcomes outcomes = new Outcomes();

    public Checkouts() {
        setUp(buying().injectOpen(arrivals())).protocols(gateway());
    }

    private static String told(String name) {
        return System.getProperty("duka.load." + name);
    }

    private static HttpProtocolBuilder gateway() {
        return http.baseUrl(told("at"))
                .acceptHeader("application/json")
                .contentTypeHeader("application/json")
                .authorizationHeader("Bearer #{token}")
                .shareConnections()
                .disableCaching()
                .disableWarmUp();
    }

    private static OpenInjectionStep arrivals() {
        return told("at-once") != null
                ? atOnceUsers(Integer.parseInt(told("at-once")))
                : constantUsersPerSec(Double.parseDouble(told("rate")))
                        .during(Long.parseLong(told("seconds")));
    }

    private ScenarioBuilder buying() {
        return scenario("checkout")
                .feed(csv(told("customers")).circular())
                .exec(outcomes::begin)
                .exec(
                        exitBlockOnFail()
                                .on(
                                        insisting(item()),
                                        doIf(session -> !isRefused(session))
                                                .then(insisting(checkout()), untilDecided())))
                .exec(outcomes::end);
    }

    private static HttpRequestActionBuilder item() {
        return http("item")
                .post("/api/v1/cart/items")
                .header("Idempotency-Key", "#{key}")
                .body(StringBody("{\"product_id\": \"#{product}\", \"quantity\": 1}"))
                .check(status().in(200, 201, 409).saveAs("answer"))
                .check(
                        jsonPath("$.type")
                                .withDefault("")
                                .not(IN_PROGRESS)
                                .saveAs(Outcomes.PROBLEM));
    }

    private static HttpRequestActionBuilder checkout() {
        return http("checkout")
                .post("/api/v1/checkout")
                .header("Idempotency-Key", "#{key}")
                .header("Prefer", "wait=30")
                .body(
                        StringBody(
                                """
                                {"shipping_address": "Moi Avenue 23, 00100 Nairobi",
                                 "payment_method": "CARD", "payment_token": "tok_approve"}
                                """))
                .check(status().in(201, 202, 409).saveAs("answer"))
                .check(jsonPath("$.type").withDefault("").not(IN_PROGRESS).saveAs(Outcomes.PROBLEM))
                .check(jsonPath("$.status").saveAs(Outcomes.STATUS))
                .check(jsonPath("$.order_id").optional().saveAs("order"));
    }

    private static ChainBuilder untilDecided() {
        return asLongAsDuring(
                        session -> UNDECIDED.contains(session.getString(Outcomes.STATUS)), PATIENCE)
                .on(
                        pause(BETWEEN_LOOKS),
                        exec(
                                http("order")
                                        .get("/api/v1/orders/#{order}")
                                        .check(status().in(200, 404))
                                        .check(jsonPath("$.status").saveAs(Outcomes.STATUS))));
    }

    /** Where that is wished for, what fails is asked again, for the same under the same key. */
    private static ChainBuilder insisting(HttpRequestActionBuilder request) {
        return tryMax(Integer.parseInt(told("tries")), "tries")
                .on(
                        doIf(session -> session.getInt("tries") > 0).then(pause(BETWEEN_TRIES)),
                        exec(request));
    }

    private static boolean isRefused(Session session) {
        return REFUSED.equals(session.getString("answer"));
    }

    @Override
    public void after() {
        outcomes.write(Path.of(told("outcomes")));
    }
}
