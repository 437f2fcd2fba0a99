package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.events.InventoryReconciled.Difference;
import duka.events.InventoryReconciled.Figure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All inventory reports, with each difference that they found. */
@Repository
public class InventoryReports {

    private static final String REPORTS =
            """
            select id, day, at, products, differences
              from inventory_reports
            """;

    private final JdbcClient jdbc;

    InventoryReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasOneOf(LocalDate day) {
        return jdbc.sql("select exists (select from inventory_reports where day = ?)")
                .param(day)
                .query(Boolean.class)
                .single();
    }

    /**
     * @return whether it is the first of its day; a second one is left out
     */
    boolean add(InventoryReport report, List<Difference> differences) {
        int added =
                jdbc.sql(
                                """
                                insert into inventory_reports (id, day, at, products, differences)
                                values (:id, :day, :at, :products, :differences)
                                on conflict (day) do nothing
                                """)
                        .param("id", report.id())
                        .param("day", report.day())
                        .param("at", at(report.at()))
                        .param("products", report.products())
                        .param("differences", report.differences())
                        .update();
        if (added == 0) {
            return false;
        }
        jdbc.sql(
                        """
                        insert into inventory_differences
                            (report_id, product_id, figure, expected, found)
                        select :report, * from unnest(:products, :figures, :expected, :found)
                        """)
                .param("report", report.id())
                .param("products", array("uuid", differences, Difference::productId))
                .param("figures", array("text", differences, Difference::figure))
                .param("expected", array("int8", differences, Difference::expected))
                .param("found", array("int8", differences, Difference::found))
                .update();
        return true;
    }

    public long count() {
        return jdbc.sql("select count(*) from inventory_reports").query(Long.class).single();
    }

    /** The latest first. */
    public List<InventoryReport> list(long offset, int limit) {
        return jdbc.sql(REPORTS + "order by day desc offset ? limit ?")
                .param(offset)
                .param(limit)
                .query(InventoryReports::report)
                .list();
    }

    public Optional<InventoryReport> find(UUID id) {
        return jdbc.sql(REPORTS + "where id = ?")
                .param(id)
                .query(InventoryReports::report)
                .optional();
    }

    public List<Difference> differences(UUID report, long offset, int limit) {
        return jdbc.sql(
                        """
                        select product_id, figure, expected, found
                        from inventory_differences where report_id = ?
                        order by product_id, figure
                        offset ? limit ?
                        """)
                .param(report)
                .param(offset)
                .param(limit)
                .query(
                        (row, _) ->
                                new Difference(
                                        row.getObject("product_id", UUID.class),
                                        Figure.valueOf(row.getString("figure")),
                                        row.getLong("expected"),
                                        row.getLong("found")))
                .list();
    }

    private static InventoryReport report(ResultSet row, int number) throws SQLException {
        return new InventoryReport(
                row.getObject("id", UUID.class),
                row.getObject("day", LocalDate.class),
                instant(row, "at"),
                row.getInt("products"),
                row.getInt("differences"));
    }
}
