package duka.system;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.deploy.Observability;
import duka.deploy.Observability.Question;
import duka.deploy.Promql;
import duka.deploy.Promql.Selector;
import duka.local.Part;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What dashboards and alerts ask for, looked for where Prometheus looks, after a checkout. */
class MetricsIT {

    private static final List<Part> SHOWING =
            List.of(
                    Part.GATEWAY,
                    Part.DISCOVERY,
                    Part.IDENTITY,
                    Part.CATALOG,
                    Part.CART,
                    Part.ORDER,
                    Part.PAYMENT);

    private static final Pattern SAMPLE = Pattern.compile("([a-z]\\w*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** What Prometheus adds to all that it finds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private final TheShop shop = TheShop.running();

    @Test
    void all_that_is_asked_for_is_there() {
        var customer = Customer.signUp(shop.guest());
        var order =
                customer.puts(1, shop.staff().sells(5, "10.00"))
                        .buys("tok_approve")
                        .expect(201)
                        .text("order_id");
        customer.paymentBecomes(order, "CAPTURED");

        await().atMost(60, SECONDS).untilAsserted(() -> assertThat(missing(shown())).isEmpty());
    }

    private static Set<String> missing(Map<String, Set<String>> shown) {
        var missing = new TreeSet<String>();
        for (Question question : Observability.questions()) {
            for (Selector selector : Promql.selectors(question.expression())) {
                var labels = new HashSet<>(selector.labels());
                labels.removeAll(OF_PROMETHEUS);
                var there = shown.get(selector.metric());
                if (there == null || !there.containsAll(labels)) {
                    missing.add("%s: %s".formatted(question, selector));
                }
            }
        }
        return missing;
    }

    /** By metric: the labels that it has. */
    private Map<String, Set<String>> shown() throws IOException, InterruptedException {
        var shown = new HashMap<String, Set<String>>();
        shown.put("up", OF_PROMETHEUS); // it knows that by itself
        try (var prometheus = HttpClient.newHttpClient()) {
            for (Part part : SHOWING) {
                var request =
                        HttpRequest.newBuilder(
                                        shop.itself().url(part).resolve("/actuator/prometheus"))
                                .build();
                var answer = prometheus.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(part.title()).isEqualTo(200);
                answer.body()
                        .lines()
                        .map(SAMPLE::matcher)
                        .filter(sample -> sample.matches())
                        .forEach(
                                sample ->
                                        shown.computeIfAbsent(sample.group(1), _ -> new HashSet<>())
                                                .addAll(labels(sample.group(2))));
            }
        }
        return shown;
    }

    private static Set<String> labels(String braces) {
        return braces == null
                ? Set.of()
                : LABEL.matcher(braces).results().map(it -> it.group(1)).collect(toSet());
    }
}
