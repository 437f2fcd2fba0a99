package duka.order.web;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.springframework.http.HttpStatus.FORBIDDEN;

import duka.order.Reporting;
import duka.order.SalesQuestion;
import duka.order.SalesQuestion.By;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;

@RestController
@RequestMapping("/api/v1/reports")
@Tag(name = "reports")
class ReportController {

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2999, 12, 31);
    private static final int MOST_DAYS = 366;
    private static final int MOST_ROWS = 50_000;
    private static final MediaType CSV = new MediaType("text", "csv");

    private final ContentNegotiationStrategy accepted = new HeaderContentNegotiationStrategy();

    private final Reporting reporting;
    private final Clock clock;

    ReportController(Reporting reporting, Clock clock) {
        this.reporting = reporting;
        this.clock = clock;
    }

    @GetMapping("/sales")
    @Operation(
            summary = "What was sold per day, product or vendor; vendors see what they sold",
            description =
                    "A sale counts on the day (UTC) on which its order was confirmed. from and to are"
                            + " days, both included, 366 at most; without them the last seven. All"
                            + " of it as CSV with format=csv, or if that is what is accepted: 50,000"
                            + " rows at most.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @Nullable Results<SalesView> reportSales(
            Caller caller,
            Paging paging,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE)
                    @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(defaultValue = "day")
                    @Schema(allowableValues = {"day", "product", "vendor"})
                    String by,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendor,
            @RequestParam(required = false) @Schema(allowableValues = {"json", "csv"})
                    @Nullable String format,
            @Parameter(hidden = true) NativeWebRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        var question = question(from, to, by(by), whose(caller, vendor));
        if (isCsv(format, request)) {
            writeCsv(question, response);
            return null;
        }
        var rows = reporting.list(question, paging.size(), paging.offset());
        return Results.of(
                rows.stream().map(SalesView::of).toList(), reporting.count(question), paging);
    }

    private void writeCsv(SalesQuestion question, HttpServletResponse response) throws IOException {
        var rows = reporting.list(question, MOST_ROWS + 1, 0);
        if (rows.size() > MOST_ROWS) {
            throw Refused.invalid(
                    "to",
                    "must be sooner: these are more than %d rows; pages of JSON have them all"
                            .formatted(MOST_ROWS));
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sales.csv\"");
        var out = response.getWriter();
        out.write(SalesView.csvHeader(question.by()));
        for (var row : rows) {
            out.write(SalesView.csv(row, question.by()));
        }
        out.flush();
    }

    private SalesQuestion question(
            @Nullable LocalDate from, @Nullable LocalDate to, By by, @Nullable UUID vendor) {
        var last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        requireThisMillennium("to", last);
        var first = from == null ? last.minusDays(6) : from;
        requireThisMillennium("from", first);
        if (last.isBefore(first) || first.until(last, DAYS) >= MOST_DAYS) {
            throw Refused.invalid("to", "must be from on, and less than 366 days later");
        }
        return new SalesQuestion(
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                by,
                vendor);
    }

    private static void requireThisMillennium(String parameter, LocalDate day) {
        if (day.isBefore(FIRST) || day.isAfter(LAST)) {
            throw Refused.invalid(parameter, "must be a day of this millennium");
        }
    }

    private static By by(String name) {
        return Arrays.stream(By.values())
                .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.invalid("by", "must be day, product or vendor"));
    }

    private boolean isCsv(@Nullable String format, NativeWebRequest request)
            throws HttpMediaTypeNotAcceptableException {
        return switch (format) {
            case "csv" -> true;
            case "json" -> false;
            case null -> CSV.equalsTypeAndSubtype(accepted.resolveMediaTypes(request).getFirst());
            default -> throw Refused.invalid("format", "must be json or csv");
        };
    }

    private static @Nullable UUID whose(Caller caller, @Nullable UUID vendor) {
        if (caller.isStaff()) {
            return vendor;
        }
        if (vendor != null && !vendor.equals(caller.id())) {
            throw new Refused(FORBIDDEN, "forbidden", "Only staff see the sales of others.");
        }
        return caller.id();
    }
}
