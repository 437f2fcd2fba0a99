package duka.payment.reconciliation.web;

import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;

import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import duka.payment.NoAnswer;
import duka.payment.reconciliation.Difference;
import duka.payment.reconciliation.Reconciliation;
import duka.payment.reconciliation.Reconciling;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "reconciliation")
@RestController
@RequestMapping("/api/v1/payments/reconciliation")
class ReconciliationController {

    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    record ReconciliationView(
            String provider,
            LocalDate day,
            long ours,
            long theirs,
            List<DifferenceView> differences,
            Instant ranAt) {

        static ReconciliationView of(Reconciliation done) {
            return new ReconciliationView(
                    done.provider(),
                    done.day(),
                    done.ours(),
                    done.theirs(),
                    done.differences().stream().map(DifferenceView::of).toList(),
                    done.ranAt());
        }
    }

    /**
     * @param ours none if our books do not have it
     * @param theirs none if the provider's do not have it
     */
    record DifferenceView(
            String key,
            Movement movement,
            @Nullable String ours,
            @Nullable String theirs,
            Instant at) {

        static DifferenceView of(Difference difference) {
            return new DifferenceView(
                    difference.key(),
                    difference.movement(),
                    text(difference.ours()),
                    text(difference.theirs()),
                    difference.at());
        }

        private static @Nullable String text(@Nullable Money amount) {
            return amount == null ? null : amount.toString();
        }
    }

    private final Reconciling reconciling;

    ReconciliationController(Reconciling reconciling) {
        this.reconciling = reconciling;
    }

    @Operation(summary = "Our books against the providers', day by day, newest first. For admins.")
    @GetMapping
    Results<ReconciliationView> listReconciliations(
            Paging paging, @RequestParam(defaultValue = "false") boolean different) {
        var done = reconciling.list(different, paging.offset(), paging.size());
        return Results.of(
                done.stream().map(ReconciliationView::of).toList(),
                reconciling.count(different),
                paging);
    }

    @Operation(
            summary = "Holds our books of a day against the providers' now. For admins.",
            description = "As a job does every night for the days before.")
    @ApiResponse(responseCode = "200", description = "Compared")
    @ApiResponse(responseCode = "503", description = "`provider-away`: it cannot be asked now.")
    @PutMapping("/{day}")
    List<ReconciliationView> reconcileDay(@PathVariable LocalDate day) {
        if (day.isBefore(FIRST) || day.isAfter(reconciling.today())) {
            throw Refused.invalid(
                    "day", "must be from %s on and not in the future".formatted(FIRST));
        }
        try {
            return reconciling.reconcile(day).stream().map(ReconciliationView::of).toList();
        } catch (NoAnswer e) {
            throw new Refused(
                            SERVICE_UNAVAILABLE,
                            "provider-away",
                            "The provider cannot be asked at the moment. Try again soon.")
                    .retryAfter(Duration.ofSeconds(5));
        }
    }
}
