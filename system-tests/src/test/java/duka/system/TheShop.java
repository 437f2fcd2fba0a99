package duka.system;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Checker;
import duka.local.Demo;
import duka.local.Part;
import duka.local.Place;
import duka.local.Ports;
import duka.local.Shop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A shop of the tests' own, on free ports, seeded, started once for all of them. */
final class TheShop {

    /** How many seconds an order waits for a customer who has to do something. */
    static final int PENDING = 20;

    private static final Duration QUIET = Duration.ofSeconds(60);

    private final Shop shop;

    private TheShop(Shop shop) {
        this.shop = shop;
    }

    /** Started by whoever asks first. */
    private static final class Started {
        static final Collector TRACES = Collector.start();
        static final TheShop SHOP = start();
    }

    static TheShop running() {
        return Started.SHOP;
    }

    /** One that a test has started for itself. */
    static TheShop of(Shop shop) {
        return new TheShop(shop);
    }

    private static TheShop start() {
        var shop =
                Shop.at(
                        Place.at(Path.of("target", "shop")),
                        Ports.free(),
                        Map.ofEntries(
                                entry("DUKA_CHECKOUT_PENDINGDEADLINE", PENDING + "s"),
                                entry("DUKA_CHECKOUT_SWEEP", "1s"),
                                entry("DUKA_WEB_NOTICE", "4s"),
                                entry("DUKA_GATEWAY_LIMITS_ENABLED", "false"),
                                entry("DUKA_IDENTITY_THROTTLE_PERADDRESS", "1000000"),
                                // What comes by the clock would come between two looks of a test.
                                entry("DUKA_REPORTS_WEEKLY", "-"),
                                entry("DUKA_PAYOUTS_WEEKLY", "-"),
                                entry("DUKA_RECONCILIATION_DAILY", "-"),
                                entry("DUKA_STOCK_RECONCILE", "-"),
                                // A service that has just started takes longer than customers wait.
                                entry("DUKA_CART_CATALOGTIMEOUT", "3s"),
                                entry(
                                        "RESILIENCE4J_TIMELIMITER_INSTANCES_CATALOG_TIMEOUTDURATION",
                                        "8s"),
                                // The gateway's too, which otherwise shows none here.
                                entry(
                                        "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
                                        "health,info,prometheus"),
                                entry("OTEL_EXPORTER_OTLP_ENDPOINT", Started.TRACES.endpoint()),
                                // Of those requests alone that ask for it.
                                entry("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0"),
                                entry("OTEL_BSP_SCHEDULE_DELAY", "200")));
        Runtime.getRuntime().addShutdownHook(new Thread(shop::close));
        shop.forgetEverything();
        shop.open();
        return new TheShop(shop);
    }

    Http guest() {
        return Http.guest(shop.gateway());
    }

    Staff staff() {
        return new Staff(manager());
    }

    Http admin() {
        return signedIn(Demo.ADMIN.email());
    }

    Http manager() {
        return signedIn(Demo.MANAGER.email());
    }

    Vendor vendor() {
        return Vendor.signUp(guest(), admin());
    }

    /** One of the tests' own, who may come to grief. */
    Http anotherAdmin() {
        var email = "admin-%s@example.com".formatted(UUID.randomUUID());
        var account =
                guest().post(
                                "/api/v1/auth/register",
                                Map.of("email", email, "password", Customer.PASSWORD))
                        .expect(201);
        admin().post(
                        "/api/v1/users/%s/roles".formatted(account.text("id")),
                        Map.of("roles", List.of("CUSTOMER", "ADMIN")))
                .expect(200);
        return Customer.signIn(guest(), email, Customer.PASSWORD).http();
    }

    private Http signedIn(String email) {
        return Customer.signIn(guest(), email, Demo.PASSWORD).http();
    }

    void kills(Part part) {
        shop.kill(part);
    }

    void starts(Part part) {
        shop.start(part);
        shop.awaitOpen();
    }

    /** What it tells of the requests that ask to be traced. */
    Collector traces() {
        return Started.TRACES;
    }

    Shop itself() {
        return shop;
    }

    /** Waits until nothing moves any more, then holds every book against every other. */
    void booksAreRight() {
        var checker = Checker.of(shop);
        assertThat(checker.awaitQuiet(QUIET)).as("the shop comes to rest").isTrue();
        assertThat(checker.violations()).isEmpty();
    }

    /** What the customer does on the page that the payment provider has sent them to. */
    void approves(String url) {
        try (var browser = HttpClient.newHttpClient()) {
            var approval =
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("decision=approve"))
                            .build();
            var answer = browser.send(approval, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(400);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
