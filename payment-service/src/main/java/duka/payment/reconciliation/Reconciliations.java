package duka.payment.reconciliation;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.money;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One for each provider and day; done again, it takes the place of the one before. */
@Repository
class Reconciliations {

    private record Day(String provider, LocalDate day) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Reconciliations(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    void save(Reconciliation done) {
        jdbc.sql(
                        """
                        insert into reconciliations (provider, day, ours, theirs, differences, ran_at)
                        values (:provider, :day, :ours, :theirs, :differences, :ranAt)
                        on conflict (provider, day) do update set ours = excluded.ours, theirs = excluded.theirs,
                            differences = excluded.differences, ran_at = excluded.ran_at
                        """)
                .param("provider", done.provider())
                .param("day", done.day())
                .param("ours", done.ours())
                .param("theirs", done.theirs())
                .param("differences", done.differences().size())
                .param("ranAt", at(done.ranAt()))
                .update();
        jdbc.sql("delete from reconciliation_differences where provider = :provider and day = :day")
                .param("provider", done.provider())
                .param("day", done.day())
                .update();
        batch.batchUpdate(
                """
                insert into reconciliation_differences (provider, day, key, movement, ours, theirs, currency, at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                done.differences().stream().map(difference -> columns(done, difference)).toList());
    }

    List<Reconciliation> list(boolean onlyDifferent, long offset, int limit) {
        var rows =
                jdbc.sql(
                                """
                                select provider, day, ours, theirs, ran_at from reconciliations %s
                                 order by day desc, provider offset :offset limit :limit
                                """
                                        .formatted(where(onlyDifferent)))
                        .param("offset", offset)
                        .param("limit", limit)
                        .query((row, _) -> reconciliation(row))
                        .list();
        var differences = differences(rows);
        return rows.stream()
                .map(
                        row ->
                                new Reconciliation(
                                        row.provider(),
                                        row.day(),
                                        row.ours(),
                                        row.theirs(),
                                        differences.getOrDefault(
                                                new Day(row.provider(), row.day()), List.of()),
                                        row.ranAt()))
                .toList();
    }

    long count(boolean onlyDifferent) {
        return jdbc.sql("select count(*) from reconciliations " + where(onlyDifferent))
                .query(Long.class)
                .single();
    }

    long countDifferences() {
        return jdbc.sql("select count(*) from reconciliation_differences")
                .query(Long.class)
                .single();
    }

    /** Days from the first to the last that are not done with each of these, the oldest first. */
    List<LocalDate> missing(
            Collection<String> providers, LocalDate first, LocalDate last, int limit) {
        return jdbc.sql(
                        """
                        select :first::date + later as day
                          from generate_series(0, :last::date - :first::date) as later
                         where exists (
                            select from unnest(:providers::text[]) as each (provider)
                             where not exists (
                                select from reconciliations r
                                 where r.provider = each.provider and r.day = :first::date + later))
                         order by later limit :limit
                        """)
                .param("providers", providers.toArray(String[]::new))
                .param("first", first)
                .param("last", last)
                .param("limit", limit)
                .query((row, _) -> row.getObject("day", LocalDate.class))
                .list();
    }

    private Map<Day, List<Difference>> differences(List<Reconciliation> of) {
        return jdbc
                .sql(
                        """
                        select provider, day, key, movement, ours, theirs, currency, at
                          from reconciliation_differences
                         where day = any(:days::date[]) order by at, key
                        """)
                .param(
                        "days",
                        of.stream().map(done -> done.day().toString()).toArray(String[]::new))
                .query((row, _) -> Map.entry(day(row), difference(row)))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static String where(boolean onlyDifferent) {
        return onlyDifferent ? "where differences > 0" : "";
    }

    private static @Nullable Object[] columns(Reconciliation of, Difference difference) {
        var ours = difference.ours();
        var theirs = difference.theirs();
        var currency = ours == null ? theirs : ours;
        return new @Nullable Object[] {
            of.provider(),
            of.day(),
            difference.key(),
            difference.movement().name(),
            ours == null ? null : ours.minorUnits(),
            theirs == null ? null : theirs.minorUnits(),
            currency == null ? null : currency.currency().getCurrencyCode(),
            at(difference.at())
        };
    }

    private static Reconciliation reconciliation(ResultSet row) throws SQLException {
        return new Reconciliation(
                row.getString("provider"),
                row.getObject("day", LocalDate.class),
                row.getLong("ours"),
                row.getLong("theirs"),
                List.of(),
                instant(row, "ran_at"));
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(
                row.getString("key"),
                Movement.valueOf(row.getString("movement")),
                amount(row, "ours"),
                amount(row, "theirs"),
                instant(row, "at"));
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(row.getString("provider"), row.getObject("day", LocalDate.class));
    }

    private static @Nullable Money amount(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : money(row, column);
    }
}
