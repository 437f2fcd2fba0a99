package duka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopIT {

    @TempDir Path folder;

    Path home;
    Shop shop;

    /** A path may have blanks in it. */
    @BeforeEach
    void open() {
        home = folder.resolve("my shop");
        shop = Shop.at(Place.at(home), Ports.free(), Map.of());
        shop.start(List.of(Part.POSTGRES, Part.KAFKA, Part.REDIS), Progress.SILENT);
    }

    @AfterEach
    void close() {
        shop.close();
        assertThat(Processes.withArgument(Program.HOME_MARK + home)).isEmpty();
        assertThat(Processes.withArgument(shop.place().postgres().toString())).isEmpty();
        assertThat(Processes.withArgument(Redis.configuration(shop.place()).toString())).isEmpty();
    }

    @Test
    void what_the_database_has_promised_survives_a_kill() throws SQLException {
        asRole("orders", "create table promise (id int); insert into promise values (1)");

        shop.kill(Part.POSTGRES);
        assertThat(shop.isAlive(Part.POSTGRES)).isFalse();
        shop.start(Part.POSTGRES);

        try (var connection = shop.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from orders.promise")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void the_database_is_there_as_soon_as_it_is_whole_and_not_before() throws IOException {
        shop.stop(Part.POSTGRES);
        Path data = shop.place().postgres();
        Shop.delete(data);
        Path leftByAKilledStart = Files.createDirectories(Postgres.draft(shop.place()));
        Files.writeString(leftByAKilledStart.resolve("PG_VERSION"), "18");

        var making =
                CompletableFuture.runAsync(
                        () -> shop.program(Part.POSTGRES).prepare(), Thread::startVirtualThread);
        while (!Files.exists(data.resolve("PG_VERSION")) && !making.isDone()) {
            Thread.onSpinWait();
        }

        assertThat(data.resolve("global/pg_control")).exists();
        assertThat(leftByAKilledStart).doesNotExist();
        making.join();
        shop.start(Part.POSTGRES);
    }

    @Test
    void a_role_reaches_its_own_schema_only() throws SQLException {
        asRole("orders", "create table secret (id int)");

        assertThatThrownBy(() -> asRole("cart", "select * from orders.secret"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asRole("cart", "create table public.mine (id int)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void topics_survive_a_kill_of_the_broker() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(Set.of(new NewTopic("kept", 3, (short) 1))).all().get();
        }

        shop.kill(Part.KAFKA);
        shop.start(Part.KAFKA);

        try (var admin = admin()) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void what_redis_has_answered_survives_a_kill() throws IOException {
        assertThat(redis().ask("SET", "promise", "kept")).isEqualTo("+OK");

        shop.kill(Part.REDIS);
        assertThat(redis().serves()).isFalse();
        shop.start(Part.REDIS);

        assertThat(redis().ask("EXISTS", "promise")).isEqualTo(":1");
    }

    @Test
    void redis_serves_nobody_without_its_password() {
        int port = shop.ports().of(Part.REDIS);

        assertThatThrownBy(() -> RedisCall.ask(Ports.HOST, port, "guessed", "PING"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void limits_are_lifted_for_as_long_as_a_command_needs() throws IOException {
        try (var _ = LimitsLifted.now(shop)) {
            assertThat(redis().ask("EXISTS", "duka:limits:paused")).isEqualTo(":1");
            assertThat(redis().ask("TTL", "duka:limits:paused")).isIn(":9", ":10");
        }

        assertThat(redis().ask("EXISTS", "duka:limits:paused")).isEqualTo(":0");
    }

    @Test
    void where_there_is_no_redis_there_is_nothing_to_lift() {
        shop.kill(Part.REDIS);

        assertThatCode(() -> LimitsLifted.now(shop).close()).doesNotThrowAnyException();
    }

    @Test
    void a_reset_leaves_nothing_of_its_customers() throws IOException {
        Files.writeString(shop.place().mails().resolve("1.eml"), "Dear Wanjiku");
        Files.writeString(shop.place().images().resolve("1.jpg"), "a picture");

        shop.stop();
        shop.forgetEverything();

        try (var left = Files.list(shop.place().home())) {
            assertThat(left).containsExactly(shop.place().run());
        }
    }

    @Test
    void another_shop_finds_what_the_first_has_left_and_stops_it() {
        var another = Shop.at(shop.place(), shop.ports(), Map.of());

        assertThat(another.isAlive(Part.POSTGRES)).isTrue();
        another.stop();

        assertThat(shop.isAlive(Part.POSTGRES)).isFalse();
        assertThat(shop.isAlive(Part.KAFKA)).isFalse();
        assertThat(shop.isAlive(Part.REDIS)).isFalse();
    }

    @Test
    void a_start_that_fails_takes_down_only_what_it_has_started() throws IOException {
        shop.kill(Part.REDIS);
        Files.createDirectories(folder.resolve("local/target/lib"));
        var unbuilt = new Place(folder, home);
        var starting = Shop.at(unbuilt, shop.ports(), Map.of());

        assertThatThrownBy(
                        () ->
                                starting.start(
                                        List.of(
                                                Part.POSTGRES,
                                                Part.KAFKA,
                                                Part.REDIS,
                                                Part.DISCOVERY),
                                        Progress.SILENT))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("discovery is not built");

        assertThat(shop.isAlive(Part.POSTGRES)).isTrue();
        assertThat(shop.isAlive(Part.KAFKA)).isTrue();
        assertThat(shop.isAlive(Part.REDIS)).isFalse();
    }

    @Test
    void a_start_that_is_interrupted_before_it_began_takes_nothing_down() {
        Shop.at(shop.place(), shop.ports(), Map.of()).abandon();

        assertThat(shop.isAlive(Part.POSTGRES)).isTrue();
    }

    @Test
    void what_has_lost_its_process_id_is_stopped_all_the_same() {
        shop.place().pidFile("postgres").forget();
        shop.place().pidFile("kafka").forget();
        shop.place().pidFile("redis").forget();

        shop.stop();

        assertThat(Ports.isTaken(shop.ports().of(Part.POSTGRES))).isFalse();
        assertThat(Ports.isTaken(shop.ports().of(Part.KAFKA))).isFalse();
        assertThat(Ports.isTaken(shop.ports().of(Part.REDIS))).isFalse();
    }

    private Redis redis() {
        return (Redis) shop.program(Part.REDIS);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", shop.bootstrapServers()));
    }

    private void asRole(String role, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(shop.jdbcUrl(), role, shop.passwordOf(role));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
