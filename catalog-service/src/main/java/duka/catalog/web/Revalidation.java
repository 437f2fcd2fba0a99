package duka.catalog.web;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;

/**
 * Lets callers keep lists and categories and ask whether they are still the same: 304, where they
 * are to the letter. A product's ETag is its version, which is for changing it.
 */
@Configuration(proxyBeanMethods = false)
class Revalidation implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var showcase = new WebContentInterceptor();
        showcase.addCacheMapping(
                CacheControl.noCache(), "/api/v1/products", "/api/v1/categories/**");
        registry.addInterceptor(showcase);
    }

    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etagOfLists() {
        var filter = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        filter.addUrlPatterns("/api/v1/products", "/api/v1/categories/*");
        return filter;
    }
}
