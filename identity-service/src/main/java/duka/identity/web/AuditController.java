package duka.identity.web;

import duka.identity.Act;
import duka.identity.AuditEntry;
import duka.identity.AuditLog;
import duka.identity.AuditSearch;
import duka.web.Paging;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit-log")
@Tag(name = "audit log")
class AuditController {

    private static final Map<String, String> COLUMNS = Map.of("at", "happened_at");

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    /**
     * @param actor who did it; nobody, for guests and for the shop itself
     * @param subject whose account it was done to
     */
    record EntryView(
            UUID id,
            Instant at,
            Act act,
            @Nullable UUID actor,
            @Nullable UUID subject,
            @Nullable String address,
            @Nullable String userAgent,
            String details) {

        static EntryView of(AuditEntry entry) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    entry.act(),
                    entry.actor(),
                    entry.subject(),
                    entry.address(),
                    entry.userAgent(),
                    entry.details());
        }
    }

    @GetMapping
    @Operation(
            summary = "Who did what that matters for security",
            description =
                    "Admins only, the latest first. from is inclusive, until is not; ordering: at,"
                            + " with - before it for downwards.")
    Results<EntryView> listAudit(
            Paging paging,
            @RequestParam(required = false) @Nullable Act act,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable UUID subject,
            @RequestParam(required = false) @Size(max = 45) @Nullable String address,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String ordering) {
        var order = Sorting.parse(ordering, COLUMNS, "-at").sql();
        var search =
                new AuditSearch(
                        act, actor, subject, Texts.blankToNull(address), kept(from), kept(until));
        var found =
                log
                        .list(
                                search,
                                order + (order.endsWith(" desc") ? ", id desc" : ", id"),
                                paging.size(),
                                paging.offset())
                        .stream()
                        .map(EntryView::of)
                        .toList();
        return Results.of(found, log.count(search), paging);
    }

    /** What the database can think of. */
    private static @Nullable Instant kept(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
