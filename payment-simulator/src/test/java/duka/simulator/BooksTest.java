package duka.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksTest {

    @TempDir Path folder;

    Books books;

    @BeforeEach
    void open() throws IOException {
        var properties =
                new SimulatorProperties(
                        "key", "secret", null, Duration.ofMinutes(1), folder, "http://shop");
        books = new Books(properties, Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        books.close();
    }

    @Test
    void a_payment_is_authorized_captured_and_refunded_in_parts() {
        var id = authorize("a1", "tok_approve").authorizationId();

        assertThat(books.capture(id, "c1").operation().status())
                .isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(books.refund(id, "r1", 300).operation().status())
                .isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(books.refund(id, "r2", 701).operation().status())
                .isEqualTo(Operation.Status.REFUSED);
        assertThat(books.refund(id, "r3", 700).operation().status())
                .isEqualTo(Operation.Status.SUCCEEDED);

        var at = books.authorization(id).orElseThrow();
        assertThat(at.authorizedMinor()).isEqualTo(1000);
        assertThat(at.capturedMinor()).isEqualTo(1000);
        assertThat(at.refundedMinor()).isEqualTo(1000);
    }

    @Test
    void a_token_has_every_refund_refused_for_good() {
        var id = authorize("a1", "tok_refund_refused").authorizationId();
        books.capture(id, "c1");

        assertThat(books.refund(id, "r1", 300).operation())
                .returns(Operation.Status.REFUSED, Operation::status)
                .returns("refund refused", Operation::reason);
        assertThat(books.authorization(id).orElseThrow().refundedMinor()).isZero();
    }

    @Test
    void the_same_key_gets_the_same_answer_and_books_nothing() {
        var first = authorize("a1", "tok_approve");
        books.capture(first.authorizationId(), "c1");

        assertThat(authorize("a1", "tok_approve")).isEqualTo(first);
        assertThat(books.capture(first.authorizationId(), "c1").isNew()).isFalse();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void the_same_key_for_something_else_is_refused() {
        var id = authorize("a1", "tok_approve").authorizationId();
        books.capture(id, "c1");
        books.refund(id, "r1", 300);

        assertThatThrownBy(() -> authorize("a1", "tok_decline")).isInstanceOf(KeyReused.class);
        assertThatThrownBy(() -> books.voidIt(id, "c1")).isInstanceOf(KeyReused.class);
        assertThatThrownBy(() -> books.refund(id, "r1", 301)).isInstanceOf(KeyReused.class);
    }

    @Test
    void a_pending_authorization_that_is_voided_is_never_approved() {
        var id = authorize("a1", "tok_3ds").authorizationId();

        books.voidIt(id, "v1");

        assertThat(books.decide(id, true)).isEmpty();
        assertThat(books.operation("a1"))
                .get()
                .returns(Operation.Status.REFUSED, Operation::status)
                .returns("voided", Operation::reason);
    }

    @Test
    void a_customers_approval_changes_the_answer_to_the_key() {
        var asked = authorize("a1", "tok_3ds");
        assertThat(asked.actionUrl()).isEqualTo("http://shop/approve/" + asked.authorizationId());

        books.decide(asked.authorizationId(), true);

        assertThat(books.operation("a1"))
                .get()
                .returns(Operation.Status.SUCCEEDED, Operation::status)
                .returns(null, Operation::actionUrl);
    }

    @Test
    void what_is_captured_or_declined_cannot_be_voided() {
        var captured = authorize("a1", "tok_approve").authorizationId();
        books.capture(captured, "c1");
        var declined = authorize("a2", "tok_decline").authorizationId();

        assertThat(books.voidIt(captured, "v1").operation())
                .returns(Operation.Status.REFUSED, Operation::status)
                .returns(Authorization.Status.CAPTURED, Operation::authorizationStatus);
        assertThat(books.voidIt(declined, "v2").operation())
                .returns(Operation.Status.REFUSED, Operation::status)
                .returns(Authorization.Status.DECLINED, Operation::authorizationStatus);
    }

    @Test
    void a_restart_remembers_everything() throws IOException {
        var id = authorize("a1", "tok_approve").authorizationId();
        books.capture(id, "c1");
        books.refund(id, "r1", 300);
        authorize("a2", "tok_3ds");
        var before = books.authorizations();
        var answer = books.operation("r1");

        close();
        open();

        assertThat(books.authorizations()).isEqualTo(before);
        assertThat(books.operation("r1")).isEqualTo(answer);
        assertThat(books.capture(id, "c1").isNew()).isFalse();
    }

    @Test
    void a_line_torn_by_a_crash_never_happened() throws IOException {
        authorize("a1", "tok_approve");
        close();
        Files.writeString(
                folder.resolve("journal.jsonl"),
                "{\"number\":2,\"at\":\"2026-01",
                UTF_8,
                StandardOpenOption.APPEND);
        open();

        authorize("a2", "tok_approve");
        close();
        open();

        assertThat(books.authorizations()).hasSize(2);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void two_simulators_cannot_share_their_books() {
        assertThatThrownBy(this::open).isInstanceOf(Exception.class);
    }

    @Test
    void many_at_once_are_all_booked_once() {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 1000)
                    .forEach(
                            number ->
                                    callers.execute(
                                            () -> authorize("a" + number % 500, "tok_approve")));
        }
        assertThat(books.authorizations()).hasSize(500);
        assertThat(lines()).hasSize(500);
    }

    private Operation authorize(String key, String token) {
        return books.authorize(key, "order-1", 1000, "KES", token).operation();
    }

    private ArrayList<String> lines() {
        var lines = new ArrayList<String>();
        try {
            books.read(0, Long.MAX_VALUE, lines::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return lines;
    }
}
