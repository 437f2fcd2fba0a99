package duka.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One of the shop's own programs, from its real jar. */
final class Service extends Program {

    private static final List<String> FLAGS =
            List.of(
                    "-Xms48m",
                    "-Xmx256m",
                    "-Xss512k",
                    "-XX:+UseSerialGC",
                    // What compilers have used at once goes back to the system.
                    "-XX:TrimNativeHeapInterval=60000",
                    "-XX:+ExitOnOutOfMemoryError");

    private static final Set<Part> USE_REDIS = Set.of(Part.GATEWAY, Part.IDENTITY, Part.CATALOG);

    private static final String READINESS =
            "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final String OK = "HTTP/1.1 200";
    private static final int PATIENCE_MILLIS = 3000;

    private final Secrets secrets;
    private final Map<String, String> overrides;
    private @Nullable Path otherJar;
    private @Nullable Unpacked unpacked;

    Service(Part part, Place place, Ports ports, Secrets secrets, Map<String, String> overrides) {
        super(part, place, ports);
        this.secrets = secrets;
        this.overrides = overrides;
    }

    @Override
    void prepare() {
        unpacked();
    }

    Unpacked unpacked() {
        if (unpacked == null) {
            Path jar = otherJar == null ? place.jar(part) : otherJar;
            unpacked = Unpacked.of(jar, place.run());
        }
        return unpacked;
    }

    /** Takes this build of the program from its next start on. */
    void use(Path jar) {
        otherJar = jar;
        unpacked = null;
    }

    /** Keeps to what runs now, whatever has been built since. */
    boolean keepToLastUnpacked() {
        unpacked = Unpacked.last(part.title(), place.run()).orElse(null);
        return unpacked != null;
    }

    @Override
    List<String> command() {
        return command(unpacked().cache().flags());
    }

    List<String> command(List<String> more) {
        var command = new ArrayList<String>();
        command.add(java());
        command.add(HOME_MARK + place.home());
        command.addAll(FLAGS);
        command.addAll(STARTING_TOGETHER);
        command.addAll(more);
        command.addAll(List.of("-jar", unpacked().jar().toString()));
        return command;
    }

    @Override
    Map<String, String> environment() {
        var env = new TreeMap<String, String>();
        env.put("SERVER_ADDRESS", Ports.HOST);
        env.put("SERVER_PORT", Integer.toString(port()));
        env.put("SPRING_MAIN_BANNERMODE", "off");
        env.put("EUREKA_CLIENT_SERVICEURL_DEFAULTZONE", url(Part.DISCOVERY) + "/eureka/");
        env.put("EUREKA_INSTANCE_HOSTNAME", Ports.HOST);
        env.put("EUREKA_INSTANCE_IPADDRESS", Ports.HOST);
        env.put("EUREKA_INSTANCE_PREFERIPADDRESS", "true");
        env.put("SPRING_KAFKA_BOOTSTRAPSERVERS", Ports.HOST + ":" + ports.of(Part.KAFKA));
        env.put("DUKA_MESSAGING_PARTITIONS", "3");
        // Where there is one instance of each, nobody else could serve in its stead.
        env.put("DUKA_WEB_NOTICE", "0s");
        env.put("DUKA_SECURITY_JWKSURI", url(Part.IDENTITY) + "/.well-known/jwks.json");
        part.schema()
                .ifPresent(
                        role -> {
                            env.put(
                                    "SPRING_DATASOURCE_URL",
                                    "jdbc:postgresql://%s:%d/%s"
                                            .formatted(
                                                    Ports.HOST,
                                                    ports.of(Part.POSTGRES),
                                                    Postgres.DATABASE));
                            env.put("SPRING_DATASOURCE_USERNAME", role);
                            env.put("SPRING_DATASOURCE_PASSWORD", secrets.of("postgres." + role));
                        });
        if (USE_REDIS.contains(part)) {
            env.put("SPRING_DATA_REDIS_HOST", Ports.HOST);
            env.put("SPRING_DATA_REDIS_PORT", Integer.toString(ports.of(Part.REDIS)));
            env.put("SPRING_DATA_REDIS_PASSWORD", secrets.of("redis"));
        }
        env.putAll(ofThisPart());
        env.putAll(overrides);
        return env;
    }

    private Map<String, String> ofThisPart() {
        return switch (part) {
            case IDENTITY ->
                    Map.of(
                            "DUKA_IDENTITY_SIGNINGSECRET", secrets.of("identity.signing-secret"),
                            "DUKA_IDENTITY_ADMIN_EMAIL", Demo.ADMIN.email(),
                            "DUKA_IDENTITY_ADMIN_PASSWORD", Demo.PASSWORD,
                            "DUKA_MAIL_FOLDER", place.mails().toString());
            case CATALOG -> Map.of("DUKA_IMAGES_FOLDER", place.images().toString());
            case CART ->
                    Map.of(
                            "DUKA_SEAL_ADDRESSKEY", secrets.of("seal.address-key"),
                            "DUKA_SEAL_PAYMENTKEY", secrets.of("seal.payment-key"));
            case ORDER -> Map.of("DUKA_SEAL_ADDRESSKEY", secrets.of("seal.address-key"));
            case PAYMENT ->
                    Map.of(
                            "DUKA_SEAL_PAYMENTKEY", secrets.of("seal.payment-key"),
                            "DUKA_SEAL_BANKKEY", secrets.of("seal.bank-key"),
                            "DUKA_PAYMENT_SIMULATOR_URL", url(Part.SIMULATOR),
                            "DUKA_PAYMENT_SIMULATOR_APIKEY", secrets.of("simulator.api-key"),
                            "DUKA_PAYMENT_SIMULATOR_WEBHOOKSECRET",
                                    secrets.of("simulator.webhook-secret"));
            case SIMULATOR ->
                    Map.of(
                            "DUKA_SIMULATOR_APIKEY", secrets.of("simulator.api-key"),
                            "DUKA_SIMULATOR_WEBHOOKSECRET", secrets.of("simulator.webhook-secret"),
                            "DUKA_SIMULATOR_WEBHOOKURL",
                                    url(Part.PAYMENT) + "/api/v1/webhooks/simulator",
                            "DUKA_SIMULATOR_DATA", place.simulator().toString(),
                            "DUKA_SIMULATOR_PUBLICURL", url(Part.SIMULATOR));
            case POSTGRES, KAFKA, REDIS, DISCOVERY, GATEWAY -> Map.of();
        };
    }

    private String url(Part of) {
        return "http://%s:%d".formatted(Ports.HOST, ports.of(of));
    }

    @Override
    boolean serves() {
        return isReady(port());
    }

    /** By hand, for it is asked often while everything else needs the processor. */
    private static boolean isReady(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.HOST, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(READINESS.getBytes(US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(OK.length());
            return OK.equals(new String(answer, US_ASCII));
        } catch (IOException notYet) {
            return false;
        }
    }
}
