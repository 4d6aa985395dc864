export { Favourites } from './favourites.ts';
export { favouriteRoutes } from './favourite-routes.ts';
