package duka.simulator;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the shop, signed, of what has happened without its asking, such as a customer's approval.
 * Nobody waits for that; what cannot be delivered is tried again for a while and then dropped, for
 * the shop can ask.
 */
@Component
class Webhooks implements AutoCloseable {

    private record Webhook(
            String id, String type, String authorizationId, String reference, Instant createdAt) {}

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration PATIENCE_PER_CALL = Duration.ofSeconds(5);
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final SimulatorProperties properties;
    private final Signature signature;
    private final JsonMapper json;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE_PER_CALL)
                    .build();
    private final Semaphore calls = new Semaphore(16);
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("webhooks").factory());

    Webhooks(SimulatorProperties properties, JsonMapper json, Clock clock) {
        this.properties = properties;
        this.signature = new Signature(properties.webhookSecret());
        this.json = json;
        this.clock = clock;
    }

    void tell(Entry entry, Authorization authorization) {
        switch (authorization.testToken().behaviour()) {
            case WEBHOOK_TWICE -> {
                send(entry, Duration.ZERO);
                send(entry, Duration.ZERO);
            }
            case WEBHOOK_DISORDER ->
                    send(entry, entry.kind() == Entry.Kind.PENDING ? OUT_OF_ORDER : Duration.ZERO);
            default -> {
                if (entry.key() == null) {
                    send(entry, Duration.ZERO);
                }
            }
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        senders.shutdownNow();
        http.shutdownNow();
    }

    private void send(Entry entry, Duration delay) {
        var url = properties.webhookUrl();
        if (url != null) {
            var webhook =
                    new Webhook(
                            "evt_" + entry.number(),
                            "authorization." + entry.kind().name().toLowerCase(Locale.ROOT),
                            entry.authorizationId(),
                            entry.reference(),
                            entry.at());
            deliver(url, webhook, clock.instant().plus(properties.webhookPatience()), 1, delay);
        }
    }

    private void deliver(URI url, Webhook webhook, Instant until, int attempt, Duration delay) {
        later.schedule(
                () ->
                        senders.execute(
                                () -> {
                                    var failure = post(url, webhook);
                                    if (failure != null) {
                                        retry(url, webhook, until, attempt, failure);
                                    }
                                }),
                delay.toMillis(),
                MILLISECONDS);
    }

    private void retry(URI url, Webhook webhook, Instant until, int attempt, String failure) {
        var pause = Duration.ofMillis(500).multipliedBy(1L << Math.min(attempt - 1, 10));
        var next = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        if (clock.instant().plus(next).isBefore(until) && !later.isShutdown()) {
            deliver(url, webhook, until, attempt + 1, next);
        } else {
            log.warn("webhook {} for {} given up: {}", webhook.id(), webhook.reference(), failure);
        }
    }

    /** Answers why it failed, if it did. */
    private @Nullable String post(URI url, Webhook webhook) {
        var body = json.writeValueAsBytes(webhook);
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(PATIENCE_PER_CALL)
                        .header("Content-Type", "application/json")
                        .header(Signature.HEADER, signature.of(clock.instant(), body))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        calls.acquireUninterruptibly();
        try {
            var status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "answered " + status;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            calls.release();
        }
    }
}
