package duka.catalog.web;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.catalog.stock.InventoryReport;
import duka.catalog.stock.InventoryReports;
import duka.events.InventoryReconciled.Difference;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/inventory-reports")
@Tag(name = "inventory reports")
class InventoryController {

    private final InventoryReports reports;

    InventoryController(InventoryReports reports) {
        this.reports = reports;
    }

    @GetMapping
    @Operation(summary = "The daily comparisons of the stock with its books, the latest first")
    Results<InventoryReport> listInventoryReports(@Parameter(hidden = true) Paging paging) {
        return Results.of(reports.list(paging.offset(), paging.size()), reports.count(), paging);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One comparison")
    InventoryReport showInventoryReport(@PathVariable UUID id) {
        return reports.find(id)
                .orElseThrow(
                        () ->
                                new Refused(
                                        NOT_FOUND,
                                        "no-such-inventory-report",
                                        "There is no inventory report %s.".formatted(id)));
    }

    @GetMapping("/{id}/differences")
    @Operation(
            summary = "The figures that were not as the books say",
            description = "Expected is what the books say, found is what the stock says.")
    Results<Difference> listInventoryDifferences(
            @PathVariable UUID id, @Parameter(hidden = true) Paging paging) {
        var report = showInventoryReport(id);
        return Results.of(
                reports.differences(id, paging.offset(), paging.size()),
                report.differences(),
                paging);
    }
}
