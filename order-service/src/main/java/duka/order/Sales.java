package duka.order;

import duka.order.SalesQuestion.By;
import duka.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was sold, out of all orders, and which of it has been reported. */
@Repository
class Sales {

    /**
     * How long after it was placed an order may be confirmed: far more than its deadline. Orders
     * are found by when they were placed, for an index on when they were confirmed would make every
     * confirmation dearer.
     */
    private static final Duration UNDECIDED_AT_MOST = Duration.ofDays(7);

    private static final String SOLD =
            """
            orders o join order_lines l on l.order_id = o.id
            where o.created_at >= ? and o.created_at < ? and o.confirmed_at >= ? and o.confirmed_at < ?
            """;

    private static final String SUMS =
            """
            count(distinct o.id) as orders,
            count(distinct o.id) filter (where o.status in ('CANCELLED', 'RETURNED')) as cancelled,
            coalesce(sum(l.quantity - l.cancelled)
                filter (where o.status not in ('CANCELLED', 'RETURNED')), 0) as units,
            coalesce(sum((l.quantity - l.cancelled)::numeric * l.unit_price)
                filter (where o.status not in ('CANCELLED', 'RETURNED')), 0) as revenue
            """;

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SalesRow> list(SalesQuestion question, int most, long offset) {
        var sums = sums(question);
        return jdbc.sql(sums.sql() + " limit ? offset ?")
                .params(sums.params())
                .params(most, offset)
                .query((row, _) -> read(row, question.by()))
                .list();
    }

    long count(SalesQuestion question) {
        var sums = sums(question);
        return jdbc.sql("select count(*) from (%s) s".formatted(sums.sql()))
                .params(sums.params())
                .query(Long.class)
                .single();
    }

    /** What brought most of this currency, if any of it is still sold. */
    List<SalesRow> best(SalesQuestion question, Currency currency, int most) {
        var sums = sums(question);
        return jdbc.sql(
                        """
                        select * from (%s) s
                        where s.currency = ? and s.units > 0 order by s.revenue desc, s.what limit ?
                        """
                                .formatted(sums.sql()))
                .params(sums.params())
                .params(currency.getCurrencyCode(), most)
                .query((row, _) -> read(row, question.by()))
                .list();
    }

    /** Of everything together. */
    SalesRow total(SalesQuestion question, Currency currency) {
        var sold = sold(question).and("o.currency = ?", currency.getCurrencyCode());
        return jdbc.sql("select ?::text as currency, %s from %s".formatted(SUMS, sold.sql()))
                .param(currency.getCurrencyCode())
                .params(sold.params())
                .query((row, _) -> read(row, null))
                .single();
    }

    /** Whether this week's sales had not been reported before. */
    boolean beginReport(LocalDate week, UUID report, Instant now) {
        return jdbc.sql(
                                """
                                insert into sales_reports (week, report_id, reported_at) values (?, ?, ?)
                                on conflict (week) do nothing
                                """)
                        .params(week, report, Rows.at(now))
                        .update()
                == 1;
    }

    private static Where sums(SalesQuestion question) {
        var sold = sold(question);
        var what =
                switch (question.by()) {
                    case DAY -> "(o.confirmed_at at time zone 'UTC')::date";
                    case PRODUCT -> "l.product_id";
                    case VENDOR -> "l.vendor_id";
                };
        var name = question.by() == By.PRODUCT ? "max(l.name)" : "null::text";
        var order = question.by() == By.DAY ? "what" : "revenue desc, what";
        return new Where(
                """
                select %s as what, %s as name, o.currency, %s
                from %s group by 1, o.currency order by %s, currency
                """
                        .formatted(what, name, SUMS, sold.sql(), order),
                sold.params());
    }

    private static Where sold(SalesQuestion question) {
        var from = Rows.at(question.from());
        var to = Rows.at(question.to());
        var placedFrom = Rows.at(question.from().minus(UNDECIDED_AT_MOST));
        var sold = new Where(SOLD, List.of(placedFrom, to, from, to));
        return question.vendor() == null ? sold : sold.and("l.vendor_id = ?", question.vendor());
    }

    private static SalesRow read(ResultSet row, @Nullable By by) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new SalesRow(
                by == By.DAY ? row.getObject("what", LocalDate.class) : null,
                by == By.PRODUCT ? Rows.uuid(row, "what") : null,
                by == By.PRODUCT ? row.getString("name") : null,
                by == By.VENDOR ? Rows.maybeUuid(row, "what") : null,
                row.getLong("orders"),
                row.getLong("cancelled"),
                row.getLong("units"),
                row.getBigDecimal("revenue").movePointLeft(currency.getDefaultFractionDigits()),
                currency);
    }
}
