package duka.catalog.images;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.uuids;
import static java.util.stream.Collectors.groupingBy;

import duka.catalog.images.Subject.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All pictures: for a list of products, of all of them in one query. */
@Repository
public class Pictures {

    /** Named one by one: a column that the next version adds must not break what this one asks. */
    private static final String ALL_OF_IT =
            """
            select images.id, product_id, images.category_id, position, alt, format, width, height,
                   created_by, images.created_at
            """;

    private final JdbcClient jdbc;

    Pictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By product, in their order; only those that have any. */
    public Map<UUID, List<Picture>> of(Collection<UUID> products) {
        return of(Kind.PRODUCT, products);
    }

    /** By category, in their order; only those that have any. */
    public Map<UUID, List<Picture>> ofCategories(Collection<UUID> categories) {
        return of(Kind.CATEGORY, categories);
    }

    Map<UUID, List<Picture>> of(Kind kind, Collection<UUID> subjects) {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(
                        ALL_OF_IT
                                + """
                                from images
                                where %1$s = any(:subjects)
                                order by %1$s, position, id
                                """
                                        .formatted(kind.column()))
                .param("subjects", uuids(subjects))
                .query(Pictures::picture)
                .list()
                .stream()
                .collect(groupingBy(picture -> picture.subject().id()));
    }

    /** In one query, for every picture on every page is asked for by itself. */
    public Optional<Hung> hung(UUID id) {
        return jdbc.sql(
                        ALL_OF_IT
                                + """
                                , product_id is null or active as is_public, vendor_id
                                from images left join (select id as sold, active, vendor_id from products) as products on sold = product_id
                                where id = ?
                                """)
                .param(id)
                .query(
                        (row, number) ->
                                new Hung(
                                        picture(row, number),
                                        row.getBoolean("is_public"),
                                        row.getObject("vendor_id", UUID.class)))
                .optional();
    }

    Optional<Picture> find(UUID id) {
        return jdbc.sql(ALL_OF_IT + "from images where id = ?")
                .param(id)
                .query(Pictures::picture)
                .optional();
    }

    /**
     * The subject looks different from now on: it counts as changed, and until the transaction ends
     * nobody else changes its pictures.
     *
     * @return whether it is there
     */
    boolean touch(Subject subject, Instant now) {
        return jdbc.sql(
                                "update %s set version = version + 1, updated_at = ? where id = ?"
                                        .formatted(subject.kind().table()))
                        .param(at(now))
                        .param(subject.id())
                        .update()
                > 0;
    }

    void add(Picture picture) {
        jdbc.sql(
                        """
                        insert into images
                            (id, %s, position, alt, format, width, height, created_by, created_at)
                        values (:id, :subject, :position, :alt, :format, :width, :height,
                                :createdBy, :createdAt)
                        """
                                .formatted(picture.subject().kind().column()))
                .param("id", picture.id())
                .param("subject", picture.subject().id())
                .param("position", picture.position())
                .param("alt", picture.alt())
                .param("format", picture.format().name())
                .param("width", picture.width())
                .param("height", picture.height())
                .param("createdBy", picture.createdBy())
                .param("createdAt", at(picture.createdAt()))
                .update();
    }

    /** All of one subject, in their new order. */
    void arrange(List<Picture> pictures) {
        jdbc.sql(
                        """
                        update images set position = place - 1
                        from unnest(?) with ordinality as now (id, place)
                        where images.id = now.id and position <> place - 1
                        """)
                .param(array("uuid", pictures, Picture::id))
                .update();
    }

    void describe(UUID id, @Nullable String alt) {
        jdbc.sql("update images set alt = :alt where id = :id")
                .param("alt", alt)
                .param("id", id)
                .update();
    }

    void remove(UUID id) {
        jdbc.sql("delete from images where id = ?").param(id).update();
    }

    /** Those of the ids that are no picture's. */
    Set<UUID> strangers(Collection<UUID> ids) {
        var strangers = new HashSet<>(ids);
        jdbc.sql("select id from images where id = any(?)")
                .param(uuids(ids))
                .query(UUID.class)
                .list()
                .forEach(strangers::remove);
        return strangers;
    }

    private static Picture picture(ResultSet row, int number) throws SQLException {
        var product = row.getObject("product_id", UUID.class);
        return new Picture(
                row.getObject("id", UUID.class),
                product == null
                        ? Subject.category(row.getObject("category_id", UUID.class))
                        : Subject.product(product),
                row.getInt("position"),
                row.getString("alt"),
                Format.valueOf(row.getString("format")),
                row.getInt("width"),
                row.getInt("height"),
                row.getObject("created_by", UUID.class),
                instant(row, "created_at"));
    }
}
