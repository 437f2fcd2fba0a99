package duka.catalog.images;

import jakarta.servlet.MultipartConfigElement;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Where pictures are kept, and how large a form with one may be. */
@Configuration(proxyBeanMethods = false)
class ImagesConfiguration {

    private static final DataSize REST_OF_A_FORM = DataSize.ofMegabytes(1);

    @Bean
    PictureStore pictureStore(ImagesProperties properties) {
        return properties.s3() == null
                ? new Folder(properties.folder())
                : new Bucket(properties.s3());
    }

    /** Parts go to disk as they come in, none is held in memory. */
    @Bean
    MultipartConfigElement multipartLimits(ImagesProperties properties) {
        var limits = new MultipartConfigFactory();
        limits.setMaxFileSize(properties.maxSize());
        limits.setMaxRequestSize(
                DataSize.ofBytes(properties.maxSize().toBytes() + REST_OF_A_FORM.toBytes()));
        return limits.createMultipartConfig();
    }

    /** What of an upload is too much is read on for a while, so that its sender hears why. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> patience(
            ImagesProperties properties) {
        long most = Math.min(Integer.MAX_VALUE, 4 * properties.maxSize().toBytes());
        return tomcat ->
                tomcat.addConnectorCustomizers(
                        connector -> {
                            if (connector.getProtocolHandler()
                                    instanceof AbstractHttp11Protocol<?> http) {
                                http.setMaxSwallowSize((int) most);
                            }
                        });
    }
}
