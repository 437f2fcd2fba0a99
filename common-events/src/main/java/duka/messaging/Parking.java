package duka.messaging;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of the dead letters. */
class Parking {

    /** Where the records of one key wait that a listener has not taken in. */
    record Place(String listener, String key) implements Comparable<Place> {

        static Place of(Heard heard) {
            return new Place(heard.listener(), Objects.requireNonNull(heard.key()));
        }

        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::listener)
                    .thenComparing(Place::key)
                    .compare(this, other);
        }
    }

    private static final int LONGEST_REASON = 2_000;
    private static final String LETTERS =
            """
            select id, listener, key, event_id, type, topic, kafka_partition, kafka_offset,
                   headers, body, reason, attempts, parked_at, tried_at
              from dead_letters
            """;
    private static final String CHOSEN =
            " where (:listener::text is null or listener = :listener)"
                    + " and (:key::text is null or key = :key)";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();

    Parking(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Keeps a key's parked records to this transaction, so that none is parked behind one that is
     * just being taken in.
     */
    void lock(Place place) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema || ?, 0)) is null")
                .param("duka.dead_letters/%s/%s".formatted(place.listener(), place.key()))
                .query(Boolean.class)
                .single();
    }

    void park(Heard heard, String reason, int attempts) {
        var message = heard.message();
        var now = at(clock.instant());
        jdbc.sql(
                        """
                        insert into dead_letters
                               (id, listener, key, event_id, type, topic, kafka_partition, kafka_offset,
                                headers, body, reason, attempts, parked_at, tried_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                        on conflict on constraint parked_once do nothing
                        """)
                .param(Uuid7.mint(clock))
                .param(heard.listener())
                .param(storable(message.key()))
                .param(Headers.id(message))
                .param(storable(Headers.text(message, Headers.TYPE)))
                .param(message.topic())
                .param(message.partition())
                .param(message.offset())
                .param(json.writeValueAsString(headers(message)))
                .param(message.value())
                .param(storable(reason))
                .param(attempts)
                .param(now)
                .param(now)
                .update();
    }

    Optional<DeadLetter> find(UUID id) {
        return jdbc.sql(LETTERS + "where id = ?").param(id).query(this::letter).optional();
    }

    Optional<DeadLetter> first(Place place) {
        return jdbc.sql(LETTERS + "where listener = ? and key = ? order by position limit 1")
                .param(place.listener())
                .param(place.key())
                .query(this::letter)
                .optional();
    }

    List<DeadLetter> list(@Nullable String listener, @Nullable String key, int limit, long offset) {
        return jdbc.sql(LETTERS + CHOSEN + " order by position limit :limit offset :offset")
                .param("listener", listener)
                .param("key", key)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::letter)
                .list();
    }

    long count(@Nullable String listener, @Nullable String key) {
        return jdbc.sql("select count(*) from dead_letters" + CHOSEN)
                .param("listener", listener)
                .param("key", key)
                .query(Long.class)
                .single();
    }

    boolean remove(DeadLetter letter) {
        return jdbc.sql("delete from dead_letters where id = ?").param(letter.id()).update() == 1;
    }

    void failedAgain(DeadLetter letter, String reason) {
        jdbc.sql(
                        "update dead_letters set reason = ?, attempts = attempts + 1, tried_at = ? where id = ?")
                .param(storable(reason))
                .param(at(clock.instant()))
                .param(letter.id())
                .update();
    }

    /** The record as it was heard. */
    static ConsumerRecord<String, byte[]> message(DeadLetter letter) {
        var headers = new RecordHeaders();
        letter.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.parkedAt().toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                letter.key(),
                letter.body(),
                headers,
                Optional.empty());
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> message) {
        var headers = new LinkedHashMap<String, String>();
        message.headers()
                .forEach(
                        header ->
                                headers.put(
                                        storable(header.key()),
                                        header.value() == null
                                                ? ""
                                                : storable(new String(header.value(), UTF_8))));
        return headers;
    }

    /** PostgreSQL has no NUL in its texts. */
    private static @Nullable String storable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "\\0");
        return clean.length() <= LONGEST_REASON ? clean : clean.substring(0, LONGEST_REASON);
    }

    private DeadLetter letter(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("listener"),
                row.getString("key"),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("topic"),
                row.getInt("kafka_partition"),
                row.getLong("kafka_offset"),
                json.readValue(
                        row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                row.getBytes("body"),
                row.getString("reason"),
                row.getInt("attempts"),
                instant(row, "parked_at"),
                instant(row, "tried_at"));
    }
}
