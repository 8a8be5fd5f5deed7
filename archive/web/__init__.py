"""The site: pages that ask and tell, in Chinese and in English, whole without JavaScript."""

from archive.web.app import create_app

__all__ = ["create_app"]
