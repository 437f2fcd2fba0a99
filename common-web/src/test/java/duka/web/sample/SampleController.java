package duka.web.sample;

import duka.testing.Parallel;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Prefer;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/v1")
class SampleController {

    enum Colour {
        RED,
        GREEN
    }

    record Line(@NotNull UUID productId, @Positive @Max(1000) int itemQuantity) {}

    record Basket(
            @NotBlank @Size(max = 10) String displayName,
            @NotNull @Valid List<Line> lines,
            @Nullable BigDecimal price,
            @Nullable Colour colour) {}

    record Profile(@NotBlank String firstName, @Nullable String phone, Address address) {}

    record Address(@Nullable String city, @Nullable String street) {}

    record Text(@NotBlank String text) {}

    record Note(UUID id, String text) {}

    /** Something only this service knows. */
    static class OutOfPaper extends RuntimeException {}

    private final Notes notes;

    SampleController(Notes notes) {
        this.notes = notes;
    }

    @GetMapping("/me")
    Map<String, Object> me(Caller me) {
        return Map.of("id", me.id(), "roles", me.roles(), "staff", me.isStaff());
    }

    @GetMapping("/open/me")
    Map<String, Object> maybeMe(Optional<Caller> me) {
        return Map.of("guest", me.isEmpty());
    }

    @GetMapping("/staff/desk")
    Map<String, Object> desk() {
        return Map.of("desk", true);
    }

    @GetMapping("/open/numbers")
    Results<Integer> numbers(Paging paging) {
        var items =
                IntStream.range(0, 25).skip(paging.offset()).limit(paging.size()).boxed().toList();
        return Results.of(items, 25, paging);
    }

    @GetMapping("/open/sorted")
    Map<String, String> sorted(@RequestParam @Nullable String ordering) {
        var sorting =
                Sorting.parse(
                        ordering, Map.of("price", "p.price", "name", "p.name"), "-price,name");
        return Map.of("sql", sorting.sql());
    }

    @GetMapping("/open/things/{id}")
    ResponseEntity<Map<String, UUID>> thing(@PathVariable UUID id) {
        return ResponseEntity.ok().eTag(ETags.of(7)).body(Map.of("id", id));
    }

    @GetMapping("/open/colours")
    Colour colour(@RequestParam Colour colour, @RequestParam(name = "how_many") @Max(3) int count) {
        return colour;
    }

    @PatchMapping("/things/{id}")
    Map<String, String> change(@PathVariable UUID id, IfMatch ifMatch) {
        ifMatch.check(7);
        return Map.of("changed", id.toString());
    }

    @PostMapping("/baskets")
    Basket basket(@RequestBody @Valid Basket basket) {
        return basket;
    }

    @PatchMapping("/profile")
    Profile profile(@RequestBody MergePatch<Profile> patch) {
        return patch.applyTo(new Profile("Wanjiru", "+254", new Address("Nairobi", "Moi Avenue")));
    }

    @GetMapping("/open/wait")
    Map<String, Object> patience(Prefer prefer) {
        return Map.of("seconds", prefer.patience().toSeconds(), "waits", prefer.waits());
    }

    @GetMapping("/open/faults/{kind}")
    void fail(@PathVariable String kind) throws Exception {
        throw switch (kind) {
            case "refused" ->
                    new Refused(
                            HttpStatus.CONFLICT,
                            "cart-changed",
                            "The cart has changed.",
                            Map.of("lines", List.of("a")));
            case "own" -> new OutOfPaper();
            case "stale" -> new OptimisticLockingFailureException("row 17 of table secrets");
            case "unique" -> new DataIntegrityViolationException("secret_index");
            case "away" ->
                    new DataAccessResourceFailureException(
                            "10.0.0.1", new SQLTransientConnectionException("10.0.0.1"));
            case "lost" ->
                    new TransactionSystemException(
                            "JDBC rollback failed", new SQLException("Connection is closed"));
            case "demoted" -> new IllegalStateException(new SQLException("read-only", "25006"));
            case "disk" -> new IllegalStateException(new SQLException("read failed", "58030"));
            case "deadlock" -> new IllegalStateException(new SQLException("deadlock", "40P01"));
            case "range" -> new IllegalStateException(new SQLException("overflow", "22008"));
            default -> new IllegalStateException("secret " + kind);
        };
    }

    @PostMapping({"/notes", "/notes/open"})
    ResponseEntity<Note> note(@RequestBody @Valid Text text) {
        var id = notes.write(text.text());
        return ResponseEntity.created(URI.create("/api/v1/notes/" + id))
                .eTag(ETags.of(1))
                .body(new Note(id, text.text()));
    }

    @PostMapping("/notes/slow")
    ResponseEntity<Note> slowNote(@RequestBody @Valid Text text) {
        var id = notes.writeSlowly(text.text());
        return ResponseEntity.status(HttpStatus.CREATED).body(new Note(id, text.text()));
    }

    @PostMapping("/notes/refused")
    ResponseEntity<?> writtenThenRefused(@RequestBody @Valid Text text) {
        notes.write(text.text());
        throw new Refused(HttpStatus.CONFLICT, "second-thoughts", "No, after all.");
    }

    @PostMapping("/notes/accepted")
    ResponseEntity<Void> accepted(@RequestBody @Valid Text text) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/notes/" + notes.write(text.text())))
                .build();
    }

    @PostMapping("/notes/picture")
    ResponseEntity<Note> picture(@RequestParam String text, @RequestParam MultipartFile file) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Note(notes.write(text + file.getSize()), text));
    }

    @PostMapping("/notes/later")
    CompletableFuture<Map<String, String>> later() {
        return Parallel.start(() -> Map.of("said", "later"));
    }

    @PostMapping("/notes/stream")
    StreamingResponseBody stream() {
        return out -> out.write("streamed".getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping({"/payments/confirm", "/orders/create"})
    Map<String, Boolean> waiting() {
        return Map.of(
                "in_transaction", TransactionSynchronizationManager.isActualTransactionActive());
    }

    @PostMapping("/webhooks/any")
    ResponseEntity<Note> webhook(@RequestBody @Valid Text text) {
        return ResponseEntity.ok(new Note(notes.write(text.text()), text.text()));
    }
}
