package duka.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's own JVM: formats its log once, then is Kafka, and leaves word when it serves. It
 * listens some seconds before its controller lets it serve, so that its port alone says nothing.
 */
final class Broker {

    private Broker() {}

    public static void main(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        if (!Files.exists(log(configuration).resolve("meta.properties"))) {
            int exit =
                    StorageTool.execute(
                            new String[] {
                                "format",
                                "--cluster-id",
                                Uuid.randomUuid().toString(),
                                "--config",
                                configuration.toString()
                            },
                            System.out);
            if (exit != 0) {
                System.exit(exit);
            }
        }
        serve(read(configuration), Path.of(arguments[1]));
    }

    private static void serve(Properties configuration, Path word) throws IOException {
        var server = new KafkaRaftServer(KafkaConfig.fromProps(configuration, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        Files.createFile(word);
        server.awaitShutdown();
    }

    private static Path log(Path configuration) throws IOException {
        return Path.of(read(configuration).getProperty("log.dirs"));
    }

    private static Properties read(Path configuration) throws IOException {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(configuration)) {
            properties.load(in);
        }
        return properties;
    }
}
