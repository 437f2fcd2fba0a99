package duka.catalog.images;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pictures as objects of an S3 bucket, Amazon's or anybody's. */
class Bucket implements PictureStore, AutoCloseable {

    private final S3Client s3;
    private final String name;

    Bucket(ImagesProperties.S3 properties) {
        this.name = properties.bucket();
        this.s3 = client(properties);
    }

    /** Checksums only where the protocol requires them: not every store knows the newer ones. */
    private static S3Client client(ImagesProperties.S3 properties) {
        var client =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(properties.timeout())
                                        .socketTimeout(properties.timeout()))
                        .region(Region.of(properties.region()))
                        .forcePathStyle(properties.pathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(it -> it.chunkedEncodingEnabled(false))
                        .overrideConfiguration(it -> it.apiCallTimeout(properties.timeout()));
        if (properties.endpoint() != null) {
            client.endpointOverride(properties.endpoint());
        }
        return client.credentialsProvider(
                        properties.accessKey() == null || properties.secretKey() == null
                                ? DefaultCredentialsProvider.builder().build()
                                : StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                properties.accessKey(), properties.secretKey())))
                .build();
    }

    @Override
    public void keep(UUID id, Developed picture) {
        try {
            for (var variant : Variant.values()) {
                s3.putObject(
                        it ->
                                it.bucket(name)
                                        .key(Keys.of(id, variant))
                                        .contentType(picture.format().mediaType()),
                        RequestBody.fromBytes(picture.in(variant)));
            }
        } catch (SdkException e) {
            throw new StoreFailed("picture %s cannot be kept".formatted(id), e);
        }
    }

    @Override
    public Optional<Stored> open(UUID id, Variant variant) {
        try {
            var object = s3.getObject(it -> it.bucket(name).key(Keys.of(id, variant)));
            return Optional.of(new Stored(object, object.response().contentLength()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new StoreFailed("picture %s cannot be read".formatted(id), e);
        }
    }

    @Override
    public void delete(Collection<UUID> ids) {
        try {
            for (var id : ids) {
                for (var variant : Variant.values()) {
                    s3.deleteObject(it -> it.bucket(name).key(Keys.of(id, variant)));
                }
            }
        } catch (SdkException e) {
            throw new StoreFailed("pictures %s cannot be deleted".formatted(ids), e);
        }
    }

    @Override
    public void eachPage(Consumer<List<UUID>> reader) {
        try {
            s3.listObjectsV2Paginator(it -> it.bucket(name))
                    .forEach(
                            page ->
                                    reader.accept(
                                            page.contents().stream()
                                                    .map(S3Object::key)
                                                    .flatMap(key -> Keys.id(key).stream())
                                                    .distinct()
                                                    .toList()));
        } catch (SdkException e) {
            throw new StoreFailed("bucket %s cannot be listed".formatted(name), e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
