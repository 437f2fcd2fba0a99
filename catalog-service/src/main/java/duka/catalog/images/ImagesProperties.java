package duka.catalog.images;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When orphans are looked for is said by {@code duka.images.sweep}, cron in UTC.
 *
 * @param folder where pictures are kept, unless there is an S3 bucket
 * @param maxSize of an upload
 * @param maxPixels of an upload; more are not even looked at
 * @param side how long the longer side of a picture is at most
 * @param thumbnailSide how long the longer side of a thumbnail is at most
 * @param most how many pictures a product or a category may have
 * @param orphanAfter how old bytes without a row must be before they are deleted; far longer than
 *     an upload takes
 */
@ConfigurationProperties("duka.images")
record ImagesProperties(
        @DefaultValue("images") Path folder,
        @DefaultValue("5MB") DataSize maxSize,
        @DefaultValue("24000000") int maxPixels,
        @DefaultValue("1600") int side,
        @DefaultValue("320") int thumbnailSide,
        @DefaultValue("10") int most,
        @DefaultValue("1h") Duration orphanAfter,
        @Nullable S3 s3) {

    /**
     * Any store that speaks S3.
     *
     * @param bucket of our own: what looks like a picture in it and is not ours is swept out
     * @param endpoint none for Amazon's own
     * @param accessKey none where the surroundings say who we are, as Amazon's do
     * @param pathStyle whether the bucket is named in the path and not in the host
     * @param timeout of a request with all its tries
     */
    record S3(
            String bucket,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @DefaultValue("true") boolean pathStyle,
            @DefaultValue("10s") Duration timeout) {}
}
