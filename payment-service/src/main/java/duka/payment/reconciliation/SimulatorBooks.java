package duka.payment.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import duka.payment.SimulatorCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's logs: of payments, and of payouts. */
@Component
class SimulatorBooks implements ProviderBooks {

    /** A line of either log; captures and refunds have a kind, payouts a status only. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Line(
            @Nullable String kind,
            @Nullable String key,
            @Nullable String idempotencyKey,
            @Nullable String status,
            long amountMinor,
            String currency,
            Instant at) {

        Booking booking(Movement movement, String key) {
            return new Booking(
                    key, movement, new Money(amountMinor, Currency.getInstance(currency)), at);
        }
    }

    private final RestClient simulator;
    private final RestClient log;
    private final SimulatorCalls calls;
    private final JsonMapper json;

    SimulatorBooks(
            RestClient simulator,
            @Qualifier("simulatorLog") RestClient log,
            SimulatorCalls calls,
            JsonMapper json) {
        this.simulator = simulator;
        this.log = log;
        this.calls = calls;
        this.json = json;
    }

    @Override
    public String provider() {
        return "simulator";
    }

    @Override
    public void read(Instant from, Instant until, Consumer<Booking> reader) {
        lines(
                "/v1/log",
                from,
                until,
                line -> {
                    var movement = movement(line);
                    if (movement.isPresent() && line.key() != null) {
                        reader.accept(line.booking(movement.get(), line.key()));
                    }
                });
        lines(
                "/v1/payouts/log",
                from,
                until,
                line -> {
                    if ("SUCCEEDED".equals(line.status()) && line.idempotencyKey() != null) {
                        reader.accept(line.booking(Movement.PAYOUT, line.idempotencyKey()));
                    }
                });
    }

    @Override
    public Optional<Booking> find(Movement movement, String key) {
        var path =
                switch (movement) {
                    case CAPTURE, REFUND -> "/v1/operations/{key}";
                    case PAYOUT -> "/v1/payouts/{key}";
                };
        return calls.call(() -> line(path, key))
                .filter(line -> "SUCCEEDED".equals(line.status()))
                .map(line -> line.booking(movement, key));
    }

    private Optional<Line> line(String path, String key) {
        try {
            return Optional.ofNullable(simulator.get().uri(path, key).retrieve().body(Line.class));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    private void lines(String path, Instant from, Instant until, Consumer<Line> reader) {
        calls.call(
                () ->
                        log.get()
                                .uri(path + "?from={from}&until={until}", from, until)
                                .exchange((_, answer) -> read(answer, reader)));
    }

    private boolean read(ConvertibleClientHttpResponse answer, Consumer<Line> reader)
            throws IOException {
        if (answer.getStatusCode() != HttpStatus.OK) {
            throw answer.createException();
        }
        new BufferedReader(new InputStreamReader(answer.getBody(), StandardCharsets.UTF_8))
                .lines()
                .map(line -> json.readValue(line, Line.class))
                .forEach(reader);
        return true;
    }

    private static Optional<Movement> movement(Line line) {
        return switch (line.kind()) {
            case "CAPTURED" -> Optional.of(Movement.CAPTURE);
            case "REFUNDED" -> Optional.of(Movement.REFUND);
            case null, default -> Optional.empty();
        };
    }
}
