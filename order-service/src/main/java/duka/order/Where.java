package duka.order;

import duka.sql.Rows;
import java.util.ArrayList;
import java.util.List;

/** What follows {@code where}, with its parameters; everything of a table unless more is said. */
record Where(String sql, List<Object> params) {

    static final Where ALL = new Where("true", List.of());

    static Where of(OrderSearch search) {
        var where = ALL;
        if (search.customer() != null) {
            where = where.and("customer_id = ?", search.customer().value());
        }
        if (search.vendor() != null) {
            where =
                    where.and(
                            "id in (select order_id from order_lines where vendor_id = ?)",
                            search.vendor());
        }
        if (search.status() != null) {
            where = where.and("status = ?", search.status().name());
        }
        if (search.createdFrom() != null) {
            where = where.and("created_at >= ?", Rows.at(search.createdFrom()));
        }
        if (search.createdTo() != null) {
            where = where.and("created_at < ?", Rows.at(search.createdTo()));
        }
        if (search.inStatusSince() != null) {
            where = where.and("since <= ?", Rows.at(search.inStatusSince()));
        }
        if (search.ids() != null) {
            where = where.and("id between ? and ?", search.ids().first(), search.ids().last());
        }
        return switch (search.only()) {
            case ALL -> where;
            case UNFINISHED -> where.and("not finished");
            case SOLD -> where.and("confirmed_at is not null");
        };
    }

    Where and(String condition, Object... more) {
        var all = new ArrayList<>(params);
        all.addAll(List.of(more));
        return new Where(sql + " and " + condition, all);
    }
}
