package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Kafka broker of one node, its own controller, in a small JVM. */
final class Kafka extends Program {

    private static final List<String> FLAGS =
            List.of(
                    "-Xms64m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final AotCache cache;

    /**
     * @param caches where what its JVM has learned is kept
     */
    Kafka(Place place, Ports ports, Path caches) {
        super(Part.KAFKA, place, ports);
        this.cache =
                new AotCache(
                        caches.resolve("kafka-" + AotCache.digest(AotCache.runtime() + classPath()))
                                .resolve("kafka.aot"));
    }

    private Path configuration() {
        return place.kafka().resolve("server.properties");
    }

    private Path word() {
        return place.kafka().resolve("serves");
    }

    @Override
    void prepare() {
        Shop.delete(word());
        String settings =
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%1$s:%3$d
                listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                advertised.listeners=PLAINTEXT://%1$s:%2$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%4$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=3000
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                log.cleaner.dedupe.buffer.size=8388608
                log.segment.bytes=134217728
                """
                        .formatted(
                                Ports.HOST,
                                port(),
                                ports.controller(),
                                place.kafka().resolve("log"));
        try {
            Files.createDirectories(place.kafka());
            Files.createDirectories(cache.file().getParent());
            Files.writeString(configuration(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        return command(cache.flags());
    }

    AotCache cache() {
        return cache;
    }

    List<String> command(List<String> more) {
        var command = new ArrayList<String>();
        command.add(java());
        command.add(HOME_MARK + place.home());
        command.addAll(FLAGS);
        command.addAll(STARTING_TOGETHER);
        command.addAll(more);
        command.addAll(List.of("-cp", classPath(), Broker.class.getName()));
        command.add(configuration().toString());
        command.add(word().toString());
        return command;
    }

    private String classPath() {
        return Place.ownClasses() + ":" + place.classPath();
    }

    @Override
    boolean serves() {
        return Files.exists(word()) && Ports.answers(port());
    }

    String bootstrapServers() {
        return Ports.HOST + ":" + port();
    }
}
